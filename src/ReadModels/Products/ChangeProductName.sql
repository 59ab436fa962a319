UPDATE product_search
SET name = ?2
WHERE rowid = (SELECT created_position FROM product_views WHERE product_id = ?1);
