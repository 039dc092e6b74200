<?php // Pretty links for PHP's own server; uploads lie in the run's folder, all else in the unpacked package.
$root = $_SERVER['DOCUMENT_ROOT']; $run = getenv('TWOHATS_WP_RUN');
$p = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (strpos($p, '/wp-content/uploads/') === 0 && strpos($p, '..') === false && is_file($f = $run.'/content'.substr($p, 11))) {
  header('Content-Type: '.mime_content_type($f)); readfile($f); return true; }
if ($p !== '/' && is_file($root.$p)) { if (substr($p,-4) !== '.php') return false; chdir(dirname($root.$p)); require $root.$p; return true; }
if (is_dir($root.$p) && is_file(rtrim($root.$p,'/').'/index.php') && $p !== '/') { chdir($root.$p); require rtrim($root.$p,'/').'/index.php'; return true; }
chdir($root); $_SERVER['SCRIPT_NAME'] = '/index.php'; require $root.'/index.php';
