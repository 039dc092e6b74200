<?php
// Installs the blog.
define('WP_INSTALLING', true);
require getenv('TWOHATS_WP_CODE').'/wp-load.php'; require ABSPATH.'wp-admin/includes/upgrade.php';
wp_install('Two Hats test blog', 'admin', 'admin@example.org', true, '', 'admin-secret-pw');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
