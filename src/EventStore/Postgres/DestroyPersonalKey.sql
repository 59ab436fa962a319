WITH destroyed AS (
  INSERT INTO personal_keys (subject_id, wrapped_key) VALUES ($1, NULL)
  ON CONFLICT (subject_id) DO UPDATE SET wrapped_key = NULL
  RETURNING subject_id
)
SELECT pg_notify('crescent_personal_keys', subject_id) FROM destroyed
