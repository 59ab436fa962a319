UPDATE saga_views
SET status = ?2, step = ?3, tries = ?4, failure = ?5, reason = ?6, retry_at = ?7, updated_at = ?8, version = ?9
WHERE order_id = ?1;
