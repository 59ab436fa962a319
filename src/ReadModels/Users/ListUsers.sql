SELECT created_position, user_id, status, email, name, created_at, updated_at, version
FROM user_views
WHERE created_position < $1 AND status <> 'erased'
ORDER BY created_position DESC
LIMIT $2;
