SELECT created_position, product_id, name, price, currency, available, reserved, created_at, updated_at, version
FROM product_views
WHERE product_id = ANY ($1)
