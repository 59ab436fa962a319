SELECT created_position, order_id, user_id, status, step, tries, failure, reason, retry_at, started_at, updated_at, version
FROM saga_views
WHERE status = $3 AND created_position < $1
ORDER BY created_position DESC
LIMIT $2;
