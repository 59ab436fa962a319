SELECT 1 FROM events WHERE stream = ?1 AND command_id = ?2 LIMIT 1
