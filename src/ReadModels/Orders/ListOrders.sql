SELECT created_position, order_id, user_id, user_name, status, items, total, currency, reason, created_at, updated_at, version
FROM order_views
WHERE created_position < $1
ORDER BY created_position DESC
LIMIT $2;
