INSERT INTO order_views (created_position, order_id, user_id, user_name, status, items, total, currency, created_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, 'placed', ?5, ?6, ?7, ?8, ?8, ?9);
