DELETE FROM order_views;
