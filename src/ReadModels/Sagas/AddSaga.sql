INSERT INTO saga_views (created_position, order_id, user_id, status, step, tries, started_at, updated_at, version)
VALUES (?1, ?2, ?3, 'running', ?4, 0, ?5, ?5, ?6);
