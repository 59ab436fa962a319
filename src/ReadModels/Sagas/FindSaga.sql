SELECT created_position, order_id, user_id, status, step, tries, failure, reason, retry_at, started_at, updated_at, version
FROM saga_views
WHERE order_id = $1;
