UPDATE user_views
SET status = ?2, updated_at = ?3, version = ?4
WHERE user_id = ?1;
