<?php
// Makes the users, and prints them as JSON.
require getenv('TWOHATS_WP_CODE').'/wp-load.php';
$made = [];
foreach (['admin'=>'', 'writer'=>'author', 'helper'=>'contributor', 'plain'=>'author'] as $name => $role) {
  $password = $name.'-secret-pw';
  $id = $role ? wp_insert_user(['user_login'=>$name, 'user_pass'=>$password, 'display_name'=>ucfirst($name).' Example',
    'user_email'=>$name.'@example.org', 'role'=>$role]) : 1;
  [$app] = WP_Application_Passwords::create_new_application_password($id, ['name'=>'tests']);
  $made[$name] = ['login'=>$name, 'password'=>$password, 'app_password'=>WP_Application_Passwords::chunk_password($app)];
}
echo json_encode($made);
