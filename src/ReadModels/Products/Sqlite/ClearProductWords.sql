DELETE FROM product_search;
