INSERT INTO order_stock_events (order_id, position)
VALUES (?1, ?2);
