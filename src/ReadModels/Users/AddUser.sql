INSERT INTO user_views (created_position, user_id, status, email, name, created_at, updated_at, version)
VALUES (?1, ?2, 'active', ?3, ?4, ?5, ?5, ?6);
