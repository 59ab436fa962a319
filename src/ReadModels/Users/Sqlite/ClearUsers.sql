DELETE FROM user_views;
