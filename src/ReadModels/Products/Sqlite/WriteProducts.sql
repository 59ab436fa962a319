INSERT INTO product_views (created_position, product_id, name, price, currency, available, reserved, created_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (created_position) DO UPDATE
SET name = excluded.name, price = excluded.price, currency = excluded.currency, available = excluded.available,
  reserved = excluded.reserved, updated_at = excluded.updated_at, version = excluded.version;
