SELECT created_position, product_id, name, price, currency, available, reserved, created_at, updated_at, version
FROM product_views
WHERE created_position > $1
ORDER BY created_position
LIMIT $2;
