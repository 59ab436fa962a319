UPDATE product_views
SET available = available + ?2, reserved = reserved + ?3, updated_at = ?4, version = ?5
WHERE product_id = ?1;
