SELECT created_position
FROM user_views
WHERE user_id = ?1;
