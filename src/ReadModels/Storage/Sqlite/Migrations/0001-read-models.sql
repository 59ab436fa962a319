CREATE TABLE checkpoints (
  name      TEXT    NOT NULL PRIMARY KEY,
  version   INTEGER NOT NULL,
  position  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Lists are ordered by the position of the event that brought a row: it is unique, never changes, and a rebuild finds it again.
-- email and name are encrypted with the user's key.
CREATE TABLE user_views (
  created_position  INTEGER NOT NULL PRIMARY KEY,
  user_id           TEXT    NOT NULL UNIQUE,
  status            TEXT    NOT NULL,
  email             TEXT,
  name              TEXT,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  version           INTEGER NOT NULL
) STRICT;

-- Keyed hashes of the prefixes of a user's words.
CREATE TABLE user_words (
  word              TEXT    NOT NULL,
  created_position  INTEGER NOT NULL,
  PRIMARY KEY (word, created_position)
) STRICT, WITHOUT ROWID;

CREATE INDEX user_words_of_user ON user_words (created_position);

CREATE TABLE product_views (
  created_position  INTEGER NOT NULL PRIMARY KEY,
  product_id        TEXT    NOT NULL UNIQUE,
  name              TEXT    NOT NULL,
  price             TEXT    NOT NULL,
  currency          TEXT    NOT NULL,
  available         INTEGER NOT NULL,
  reserved          INTEGER NOT NULL,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  version           INTEGER NOT NULL
) STRICT;

-- rowid = created_position
CREATE VIRTUAL TABLE product_search USING fts5 (name, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

-- user_name is encrypted with the user's key.
CREATE TABLE order_views (
  created_position  INTEGER NOT NULL PRIMARY KEY,
  order_id          TEXT    NOT NULL UNIQUE,
  user_id           TEXT    NOT NULL,
  user_name         TEXT,
  status            TEXT    NOT NULL,
  items             TEXT    NOT NULL,
  total             TEXT    NOT NULL,
  currency          TEXT    NOT NULL,
  reason            TEXT,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  version           INTEGER NOT NULL
) STRICT;

CREATE INDEX order_views_by_user ON order_views (user_id, created_position);
CREATE INDEX order_views_by_status ON order_views (status, created_position);
CREATE INDEX order_views_by_user_and_status ON order_views (user_id, status, created_position);

CREATE TABLE order_timeline (
  order_id        TEXT    NOT NULL,
  position        INTEGER NOT NULL,
  category        TEXT    NOT NULL,
  stream_id       TEXT    NOT NULL,
  stream_version  INTEGER NOT NULL,
  type            TEXT    NOT NULL,
  happened_at     INTEGER NOT NULL,
  event_id        BLOB    NOT NULL,
  command_id      BLOB    NOT NULL,
  correlation_id  TEXT    NOT NULL,
  causation_id    TEXT,
  trace_parent    TEXT,
  data            TEXT    NOT NULL,
  PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE saga_views (
  created_position  INTEGER NOT NULL PRIMARY KEY,
  order_id          TEXT    NOT NULL UNIQUE,
  user_id           TEXT    NOT NULL,
  status            TEXT    NOT NULL,
  step              TEXT,
  tries             INTEGER NOT NULL,
  failure           TEXT,
  reason            TEXT,
  retry_at          INTEGER,
  started_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  version           INTEGER NOT NULL
) STRICT;

CREATE INDEX saga_views_by_status ON saga_views (status, created_position);

CREATE TABLE due_items (
  kind    TEXT    NOT NULL,
  owner   TEXT    NOT NULL,
  item    TEXT    NOT NULL,
  due_at  INTEGER NOT NULL,
  PRIMARY KEY (kind, owner, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX due_items_by_time ON due_items (kind, due_at, owner, item);

CREATE TABLE analytics_buckets (
  metric     TEXT    NOT NULL,
  size       TEXT    NOT NULL,
  starts_at  INTEGER NOT NULL,
  dimension  TEXT    NOT NULL,
  value      TEXT    NOT NULL,
  PRIMARY KEY (metric, size, starts_at, dimension)
) STRICT, WITHOUT ROWID;
