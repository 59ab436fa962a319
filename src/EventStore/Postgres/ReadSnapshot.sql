SELECT version, schema_hash, subject_id, data FROM snapshots WHERE category = $1 AND stream_id = $2
