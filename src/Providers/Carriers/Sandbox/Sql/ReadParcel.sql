SELECT tracking_number, cancelled
FROM parcels
WHERE order_id = $order_id;
