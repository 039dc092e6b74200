<?php // A rule that no role has by itself: the user "plain" may neither make nor use tags.
add_filter('map_meta_cap', function ($caps, $cap, $user) {
  $login = get_userdata($user)->user_login ?? '';
  $tagging = ['assign_post_tags', 'edit_post_tags', 'manage_post_tags', 'assign_term'];
  return $login === 'plain' && in_array($cap, $tagging, true) ? ['do_not_allow'] : $caps;
}, 10, 3);
