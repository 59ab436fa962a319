UPDATE user_views
SET email = ?2, name = ?3, updated_at = ?4, version = ?5
WHERE user_id = ?1;
