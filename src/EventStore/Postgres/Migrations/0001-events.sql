-- The position of the last event. Whoever appends updates this row first, so appends commit one after the other and
-- positions are contiguous in commit order. Its page has room for many versions of the row, which need no vacuum.
CREATE TABLE log_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  position bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO log_head (position) VALUES (0);

-- A stream's key, the position of its first event, keeps the indexes of events small; the names stand in the events as
-- well, so that reading needs no join. Rows are never changed: a stream's version is that of its last event.
CREATE TABLE streams (
  stream bigint NOT NULL,
  category text NOT NULL,
  stream_id text NOT NULL,
  PRIMARY KEY (category, stream_id)
);

-- The log. Positions and the versions of a stream are contiguous; rows are never changed or deleted.
CREATE TABLE events (
  position bigint PRIMARY KEY,
  stream bigint NOT NULL,
  version integer NOT NULL,
  category text NOT NULL,
  stream_id text NOT NULL,
  type text NOT NULL,
  schema_version integer NOT NULL,
  event_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  command_id uuid NOT NULL,
  command_index integer NOT NULL, -- its place among its command's events, from 0
  correlation_id text NOT NULL,
  causation_id text,
  traceparent text,
  time timestamptz NOT NULL,
  subject_id text, -- the user whose key encrypts a part of data
  data json NOT NULL -- as it was written: not jsonb, which would reorder members
);

CREATE UNIQUE INDEX events_by_stream ON events (stream, version);

-- A command may leave several events, but a second batch with it would start at index 0 again.
CREATE UNIQUE INDEX events_by_command ON events (stream, command_id, command_index);

CREATE TABLE snapshots (
  category text NOT NULL,
  stream_id text NOT NULL,
  version integer NOT NULL,
  schema_hash text NOT NULL,
  subject_id text,
  data json NOT NULL,
  PRIMARY KEY (category, stream_id)
) WITH (fillfactor = 70);

-- A destroyed key leaves its row, so that it is never created again.
CREATE TABLE personal_keys (
  subject_id text PRIMARY KEY,
  wrapped_key bytea
);

-- Who may do what only one process at a time may do. The token grows with every change of hands.
CREATE TABLE leases (
  name text PRIMARY KEY,
  owner text NOT NULL,
  token bigint NOT NULL,
  expires timestamptz NOT NULL
) WITH (fillfactor = 50);
