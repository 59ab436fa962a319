INSERT INTO snapshots AS standing (category, stream_id, version, schema_hash, subject_id, data) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (category, stream_id) DO UPDATE
SET version = excluded.version, schema_hash = excluded.schema_hash, subject_id = excluded.subject_id, data = excluded.data
WHERE excluded.version >= standing.version
