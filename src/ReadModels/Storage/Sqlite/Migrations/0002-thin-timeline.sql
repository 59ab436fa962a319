-- Where in the log the events of an order's stock are. Its other events stand in the streams that have its id, and none
-- is copied here.
CREATE TABLE order_stock_events (
  order_id  TEXT    NOT NULL,
  position  INTEGER NOT NULL,
  PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

INSERT INTO order_stock_events (order_id, position)
SELECT order_id, position FROM order_timeline WHERE category = 'inventory';

DROP TABLE order_timeline;
