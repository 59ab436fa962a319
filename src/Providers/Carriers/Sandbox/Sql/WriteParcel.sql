INSERT INTO parcels (order_id, tracking_number, cancelled)
VALUES ($order_id, $tracking_number, $cancelled)
ON CONFLICT (order_id) DO UPDATE SET
  tracking_number = excluded.tracking_number,
  cancelled = excluded.cancelled;
