UPDATE order_views
SET status = ?2, reason = coalesce(?3, reason), updated_at = ?4, version = ?5
WHERE order_id = ?1;
