DELETE FROM due_items
WHERE kind = ?1 AND owner = ?2 AND item = ?3;
