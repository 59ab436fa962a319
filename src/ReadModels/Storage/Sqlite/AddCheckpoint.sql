INSERT INTO checkpoints (name, version, position)
VALUES (?1, ?2, ?3)
ON CONFLICT (name) DO NOTHING;
