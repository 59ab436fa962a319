DELETE FROM product_views;
