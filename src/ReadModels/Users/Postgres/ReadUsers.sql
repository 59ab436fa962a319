SELECT created_position, user_id, status, email, name, created_at, updated_at, version
FROM user_views
WHERE user_id = ANY ($1)
