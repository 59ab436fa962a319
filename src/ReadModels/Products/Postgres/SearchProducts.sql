SELECT p.created_position, p.product_id, p.name, p.price, p.currency, p.available, p.reserved, p.created_at, p.updated_at, p.version
FROM product_search AS s
JOIN product_views AS p ON p.created_position = s.created_position
WHERE s.words @@ without_accents($1)::tsquery AND s.created_position > $2
ORDER BY s.created_position
LIMIT $3
