<?php // The run's wp-config.php; %NAMES% are filled in by wordpress.py.
define('DB_NAME','wp'); define('DB_USER','root'); define('DB_PASSWORD',''); define('DB_HOST','localhost:%SOCKET%');
define('DB_CHARSET','utf8mb4'); define('DB_COLLATE','');
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT'] as $k) define($k, '%SALT%'.$k);
define('WP_HOME','http://127.0.0.1:%PORT%'); define('WP_SITEURL','http://127.0.0.1:%PORT%');
define('WP_CONTENT_DIR','%CONTENT%'); define('WP_CONTENT_URL','http://127.0.0.1:%PORT%/wp-content');
define('WP_ENVIRONMENT_TYPE','local');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', getenv('TWOHATS_WP_CODE').'/');
require_once ABSPATH.'wp-settings.php';
