DELETE FROM order_stock_events;
