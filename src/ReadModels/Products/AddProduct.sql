INSERT INTO product_views (created_position, product_id, name, price, currency, available, reserved, created_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6, ?6, ?7);
