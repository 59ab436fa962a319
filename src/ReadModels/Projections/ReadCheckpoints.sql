SELECT name, position
FROM checkpoints;
