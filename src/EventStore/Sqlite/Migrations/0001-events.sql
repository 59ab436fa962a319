-- A stream's key keeps the indexes of events small; the names stand in the events as well, so that reading needs no join.
CREATE TABLE streams (
  stream INTEGER PRIMARY KEY,
  category TEXT NOT NULL,
  stream_id TEXT NOT NULL,
  UNIQUE (category, stream_id)
) STRICT;

-- The log. Positions and the versions of a stream are contiguous; rows are never changed or deleted.
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  version INTEGER NOT NULL,
  category TEXT NOT NULL,
  stream_id TEXT NOT NULL,
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  event_id BLOB NOT NULL,
  batch_id BLOB NOT NULL,
  command_id BLOB NOT NULL,
  command_index INTEGER NOT NULL, -- its place among its command's events, from 0
  correlation_id TEXT NOT NULL,
  causation_id TEXT,
  traceparent TEXT,
  time INTEGER NOT NULL, -- UTC microseconds since 1970
  subject_id TEXT, -- the user whose key encrypts a part of data
  data TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX events_by_stream ON events (stream, version);

-- A command may leave several events, but a second batch with it would start at index 0 again.
CREATE UNIQUE INDEX events_by_command ON events (stream, command_id, command_index);

CREATE TABLE snapshots (
  category TEXT NOT NULL,
  stream_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  schema_hash TEXT NOT NULL,
  subject_id TEXT,
  data TEXT NOT NULL,
  PRIMARY KEY (category, stream_id)
) STRICT, WITHOUT ROWID;

-- A destroyed key leaves its row, so that it is never created again.
CREATE TABLE personal_keys (
  subject_id TEXT PRIMARY KEY,
  wrapped_key BLOB
) STRICT, WITHOUT ROWID;
