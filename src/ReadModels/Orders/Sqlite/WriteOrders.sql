INSERT INTO order_views (created_position, order_id, user_id, user_name, status, items, total, currency, reason, created_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (created_position) DO UPDATE
SET user_name = excluded.user_name, status = excluded.status, reason = excluded.reason, updated_at = excluded.updated_at,
  version = excluded.version;
