SELECT owner, item, due_at
FROM due_items
WHERE kind = $1 AND due_at <= $2 AND (due_at, owner, item) > ($3, $4, $5)
ORDER BY due_at, owner, item
LIMIT $6;
