SELECT created_position, user_id, status, email, name, created_at, updated_at, version
FROM user_views
WHERE user_id IN (SELECT value FROM json_each(?1));
