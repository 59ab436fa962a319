CREATE TABLE IF NOT EXISTS parcels (
  order_id         TEXT NOT NULL PRIMARY KEY,
  tracking_number  TEXT,
  cancelled        INTEGER NOT NULL CHECK (cancelled IN (0, 1))
) STRICT, WITHOUT ROWID;
