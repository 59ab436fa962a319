-- Where in the log the events of an order's stock are. Its other events stand in the streams that have its id, and none
-- is copied here.
CREATE TABLE order_stock_events (
  order_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (order_id, position)
);

INSERT INTO order_stock_events (order_id, position)
SELECT order_id, position FROM order_timeline WHERE category = 'inventory';

CREATE FUNCTION add_stock_events(order_ids text[], positions bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO order_stock_events (order_id, position) SELECT unnest(order_ids), unnest(positions);
END
$$;

CREATE FUNCTION clear_stock_events() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE order_stock_events;
END
$$;

DROP FUNCTION add_to_timeline(
  text[], bigint[], text[], text[], integer[], text[], timestamptz[], uuid[], uuid[], text[], text[], text[], text[]);
DROP FUNCTION clear_timeline();
DROP TABLE order_timeline;
