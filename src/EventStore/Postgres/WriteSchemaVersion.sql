INSERT INTO schema_versions (component, version) VALUES ($1, $2)
ON CONFLICT (component) DO UPDATE SET version = excluded.version
