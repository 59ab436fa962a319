SELECT wrapped_key FROM personal_keys WHERE subject_id = ?1
