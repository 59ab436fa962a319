SELECT subject_id, wrapped_key FROM personal_keys WHERE subject_id = ANY ($1)
