INSERT INTO saga_views (created_position, order_id, user_id, status, step, tries, failure, reason, retry_at, started_at, updated_at, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (created_position) DO UPDATE
SET status = excluded.status, step = excluded.step, tries = excluded.tries, failure = excluded.failure, reason = excluded.reason,
  retry_at = excluded.retry_at, updated_at = excluded.updated_at, version = excluded.version;
