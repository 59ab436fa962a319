SELECT version FROM schema_versions WHERE component = $1
