SELECT p.created_position, p.product_id, p.name, p.price, p.currency, p.available, p.reserved, p.created_at, p.updated_at, p.version
FROM product_search AS s
JOIN product_views AS p ON p.created_position = s.rowid
WHERE s.product_search MATCH ?1 AND s.rowid > ?2
ORDER BY s.rowid
LIMIT ?3;
