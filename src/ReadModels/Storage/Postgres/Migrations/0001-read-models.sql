CREATE TABLE checkpoints (
  name text COLLATE "C" PRIMARY KEY,
  version integer NOT NULL,
  position bigint NOT NULL
) WITH (fillfactor = 20);

-- Lists are ordered by the position of the event that brought a row: it is unique, never changes, and a rebuild finds it again.
-- email and name are encrypted with the user's key.
CREATE TABLE user_views (
  created_position bigint PRIMARY KEY,
  user_id text COLLATE "C" NOT NULL UNIQUE,
  status text NOT NULL,
  email text,
  name text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version integer NOT NULL
);

-- Keyed hashes of the prefixes of a user's words.
CREATE TABLE user_words (
  word text COLLATE "C" NOT NULL,
  created_position bigint NOT NULL,
  PRIMARY KEY (word, created_position)
);

CREATE INDEX user_words_of_user ON user_words (created_position);

CREATE TABLE product_views (
  created_position bigint PRIMARY KEY,
  product_id text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL,
  price numeric NOT NULL,
  currency text NOT NULL,
  available bigint NOT NULL,
  reserved bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version integer NOT NULL
) WITH (fillfactor = 70);

-- A table of its own, so that a change of the stock leaves the index of the words alone.
CREATE TABLE product_search (
  created_position bigint PRIMARY KEY,
  words tsvector NOT NULL
);

CREATE INDEX product_search_by_word ON product_search USING gin (words);

-- user_name is encrypted with the user's key.
CREATE TABLE order_views (
  created_position bigint PRIMARY KEY,
  order_id text COLLATE "C" NOT NULL UNIQUE,
  user_id text COLLATE "C" NOT NULL,
  user_name text,
  status text COLLATE "C" NOT NULL,
  items text NOT NULL,
  total numeric NOT NULL,
  currency text NOT NULL,
  reason text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version integer NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX order_views_by_user ON order_views (user_id, created_position);
CREATE INDEX order_views_by_status ON order_views (status, created_position);
CREATE INDEX order_views_by_user_and_status ON order_views (user_id, status, created_position);

CREATE TABLE order_timeline (
  order_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  category text NOT NULL,
  stream_id text NOT NULL,
  stream_version integer NOT NULL,
  type text NOT NULL,
  happened_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  command_id uuid NOT NULL,
  correlation_id text NOT NULL,
  causation_id text,
  trace_parent text,
  data text NOT NULL,
  PRIMARY KEY (order_id, position)
);

CREATE TABLE saga_views (
  created_position bigint PRIMARY KEY,
  order_id text COLLATE "C" NOT NULL UNIQUE,
  user_id text NOT NULL,
  status text COLLATE "C" NOT NULL,
  step text,
  tries integer NOT NULL,
  failure text,
  reason text,
  retry_at timestamptz,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version integer NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX saga_views_by_status ON saga_views (status, created_position);

CREATE TABLE due_items (
  kind text COLLATE "C" NOT NULL,
  owner text COLLATE "C" NOT NULL,
  item text COLLATE "C" NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (kind, owner, item)
) WITH (fillfactor = 70);

CREATE INDEX due_items_by_time ON due_items (kind, due_at, owner, item);

CREATE TABLE analytics_buckets (
  metric text COLLATE "C" NOT NULL,
  size text COLLATE "C" NOT NULL,
  starts_at timestamptz NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  value numeric NOT NULL,
  PRIMARY KEY (metric, size, starts_at, dimension)
) WITH (fillfactor = 50);
