-- Appends batches of events to many streams, in one statement so that a client that stops half-way through sending it
-- holds no lock. The first five arrays have an entry per batch, the others an entry per event; batches are numbered from
-- 1, and no two of them are for the same stream. Answers a row per batch: the version the stream had, and either the
-- position of the batch's last event (written now, or by an earlier attempt) or the command that is already in.
--
-- The settings keep the plans on the indexes: they are made once per connection, perhaps when the tables are empty.
CREATE FUNCTION append_events(
  categories text[], stream_ids text[], expected_versions integer[], event_counts integer[], batch_ids uuid[],
  batches integer[], versions integer[], types text[], schema_versions integer[], event_ids uuid[], command_ids uuid[],
  command_indexes integer[], correlation_ids text[], causation_ids text[], traceparents text[], times timestamptz[],
  subject_ids text[], datas json[])
RETURNS TABLE (batch integer, standing_version integer, last_position bigint, recorded_command uuid)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_nestloop = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  total CONSTANT bigint := cardinality(versions);
  head bigint;
  filled bigint;
BEGIN
  -- Everybody queues here until the commit. Each statement below has a snapshot of its own, taken after the wait, so it
  -- sees all that was committed before.
  UPDATE log_head SET position = position + total WHERE one RETURNING position INTO head;

  RETURN QUERY
  WITH requested AS MATERIALIZED (
    SELECT r.batch::integer AS batch, r.category, r.stream_id, r.expected, r.events, r.batch_id, s.stream, coalesce(v.version, 0) AS version
    FROM unnest(categories, stream_ids, expected_versions, event_counts, batch_ids)
      WITH ORDINALITY AS r (category, stream_id, expected, events, batch_id, batch)
    LEFT JOIN LATERAL (
      SELECT stream FROM streams WHERE streams.category = r.category AND streams.stream_id = r.stream_id LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT version FROM events WHERE events.stream = s.stream ORDER BY version DESC LIMIT 1
    ) v ON true
  ),
  given AS MATERIALIZED (
    SELECT *
    FROM unnest(
      batches, versions, types, schema_versions, event_ids, command_ids, command_indexes, correlation_ids, causation_ids,
      traceparents, times, subject_ids, datas)
      AS g (batch, version, type, schema_version, event_id, command_id, command_index, correlation_id, causation_id,
        traceparent, time, subject_id, data)
  ),
  recorded AS MATERIALIZED (
    SELECT DISTINCT ON (g.batch) g.batch, g.command_id
    FROM given g
    JOIN requested r ON r.batch = g.batch
    JOIN LATERAL (
      SELECT FROM events WHERE events.stream = r.stream AND events.command_id = g.command_id LIMIT 1
    ) earlier ON true
    WHERE r.version = r.expected AND r.version > 0 AND g.command_index = 0
    ORDER BY g.batch, g.version
  ),
  accepted AS MATERIALIZED (
    SELECT r.*, head - total + sum(r.events) OVER (ORDER BY r.batch) AS last
    FROM requested r
    LEFT JOIN recorded c ON c.batch = r.batch
    WHERE r.version = r.expected AND c.batch IS NULL
  ),
  opened AS (
    INSERT INTO streams (stream, category, stream_id)
    SELECT last - events + 1, category, stream_id FROM accepted WHERE stream IS NULL
  ),
  written AS (
    INSERT INTO events (
      position, stream, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index,
      correlation_id, causation_id, traceparent, time, subject_id, data)
    SELECT
      a.last - a.expected - a.events + g.version, coalesce(a.stream, a.last - a.events + 1), g.version, a.category, a.stream_id,
      g.type, g.schema_version, g.event_id, a.batch_id, g.command_id, g.command_index, g.correlation_id, g.causation_id,
      g.traceparent, g.time, g.subject_id, g.data
    FROM given g
    JOIN accepted a ON a.batch = g.batch
  )
  SELECT r.batch, r.version, coalesce(a.last, attempt.position)::bigint, c.command_id
  FROM requested r
  LEFT JOIN accepted a ON a.batch = r.batch
  LEFT JOIN recorded c ON c.batch = r.batch
  LEFT JOIN LATERAL (
    -- The batch itself, when an earlier attempt was committed and its answer lost.
    SELECT position FROM events
    WHERE r.version <> r.expected AND events.stream = r.stream AND version = r.expected + r.events AND batch_id = r.batch_id
    LIMIT 1
  ) attempt ON true;

  -- What was refused gives its positions back.
  SELECT coalesce(max(position), 0) INTO filled FROM events;
  IF filled < head THEN
    UPDATE log_head SET position = filled WHERE one;
  END IF;
  IF filled > head - total THEN
    PERFORM pg_notify('crescent_log', filled::text);
  END IF;
END
$$;
