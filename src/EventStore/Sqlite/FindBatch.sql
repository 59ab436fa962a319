SELECT position FROM events WHERE stream = ?1 AND version = ?2 AND batch_id = ?3
