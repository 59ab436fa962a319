UPDATE checkpoints
SET version = ?4, position = ?5
WHERE name = ?1 AND version = ?2 AND position = ?3;
