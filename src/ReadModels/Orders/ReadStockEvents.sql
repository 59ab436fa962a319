SELECT checkpoints.position, coalesce(order_stock_events.position, 0)
FROM checkpoints
LEFT JOIN order_stock_events ON order_stock_events.order_id = $1 AND order_stock_events.position > $2
WHERE checkpoints.name = $4
ORDER BY order_stock_events.position
LIMIT $3;
