SELECT version, position
FROM checkpoints
WHERE name = $1;
