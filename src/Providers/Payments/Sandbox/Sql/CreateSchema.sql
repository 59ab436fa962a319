CREATE TABLE IF NOT EXISTS payments (
  payment_key  TEXT    NOT NULL PRIMARY KEY,
  state        TEXT    NOT NULL CHECK (state IN ('open', 'late', 'captured', 'declined', 'cancelled', 'refunded')),
  amount       TEXT,
  currency     TEXT,
  token        TEXT,
  attempts     INTEGER NOT NULL,
  reason       TEXT,
  capture_due  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS payments_late ON payments (capture_due) WHERE state = 'late';

CREATE TABLE IF NOT EXISTS entries (
  entry_no     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  payment_key  TEXT    NOT NULL REFERENCES payments (payment_key),
  kind         TEXT    NOT NULL CHECK (kind IN ('capture', 'refund')),
  amount       TEXT    NOT NULL,
  currency     TEXT    NOT NULL,
  recorded_at  TEXT    NOT NULL,
  UNIQUE (payment_key, kind)
) STRICT;
