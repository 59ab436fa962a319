INSERT INTO user_views (created_position, user_id, status, email, name, created_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (created_position) DO UPDATE
SET status = excluded.status, email = excluded.email, name = excluded.name, updated_at = excluded.updated_at, version = excluded.version;
