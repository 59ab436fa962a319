UPDATE product_views
SET name = ?2, price = ?3, currency = ?4, updated_at = ?5, version = ?6
WHERE product_id = ?1;
