INSERT INTO due_items (kind, owner, item, due_at)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (kind, owner, item) DO UPDATE SET due_at = excluded.due_at;
