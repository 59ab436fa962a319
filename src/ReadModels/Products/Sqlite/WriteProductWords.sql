INSERT OR REPLACE INTO product_search (rowid, name)
VALUES (?1, ?2);
