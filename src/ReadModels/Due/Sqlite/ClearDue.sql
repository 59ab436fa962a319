DELETE FROM due_items;
