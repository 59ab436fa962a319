UPDATE user_views
SET status = 'erased', email = NULL, name = NULL, updated_at = ?2, version = ?3
WHERE user_id = ?1;
