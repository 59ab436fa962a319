-- Appends batches of events to many streams, in one statement: a client that stops half-way through sending it holds no
-- lock. The first arrays have an entry per batch, no two for the same stream; the others, from batches on, have an entry
-- per event, in the order of the batches, which are numbered from 1. Answers, per batch, the version that the stream had,
-- and either the position of the batch's last event (written now, or by an earlier attempt) or the command that is
-- already in; neither means that the version was not the expected one.
CREATE FUNCTION append_events(
  categories text[], stream_ids text[], expected_versions integer[], event_counts integer[], batch_ids uuid[],
  batches integer[], versions integer[], types text[], schema_versions integer[], event_ids uuid[], command_ids uuid[],
  command_indexes integer[], correlation_ids text[], causation_ids text[], traceparents text[], times timestamptz[],
  subject_ids text[], datas json[],
  OUT standing_versions integer[], OUT last_positions bigint[], OUT recorded_commands uuid[])
LANGUAGE plpgsql
AS $$
DECLARE
  total CONSTANT bigint := cardinality(versions);
  head bigint;
  accepted bigint;
  highest integer;
  stream_keys bigint[]; -- null for a new stream
  lasts bigint[]; -- the position of a batch's last event; null if it is not accepted
  repeated record;
BEGIN
  -- Everybody queues here until the commit. Each statement below has a snapshot of its own, taken after the wait, so it
  -- sees all that was committed before.
  UPDATE log_head SET position = position + total WHERE one RETURNING position - total INTO head;

  SELECT array_agg(stream), array_agg(version), array_agg(CASE WHEN version = expected THEN head + filled END), max(filled), max(version)
  INTO stream_keys, standing_versions, lasts, accepted, highest
  FROM (
    SELECT s.stream, coalesce(e.version, 0) AS version, b.expected,
      sum(CASE WHEN coalesce(e.version, 0) = b.expected THEN b.events ELSE 0 END) OVER (ORDER BY b.batch) AS filled
    FROM unnest(categories, stream_ids, expected_versions, event_counts)
      WITH ORDINALITY AS b (category, stream_id, expected, events, batch)
    LEFT JOIN LATERAL (
      SELECT stream FROM streams WHERE category = b.category AND stream_id = b.stream_id LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT version FROM events WHERE stream = s.stream ORDER BY version DESC LIMIT 1
    ) e ON true
    ORDER BY b.batch
  ) standing;

  IF highest > 0 THEN
    FOR repeated IN
      SELECT c.batch, c.command_id
      FROM unnest(batches, command_ids, command_indexes) WITH ORDINALITY AS c (batch, command_id, command_index, event)
      JOIN LATERAL (
        SELECT FROM events WHERE stream = stream_keys[c.batch] AND command_id = c.command_id LIMIT 1
      ) e ON true
      WHERE c.command_index = 0 AND lasts[c.batch] IS NOT NULL
      ORDER BY c.event DESC
    LOOP
      recorded_commands := coalesce(recorded_commands, array_fill(NULL::uuid, ARRAY[cardinality(batch_ids)]));
      recorded_commands[repeated.batch] := repeated.command_id;
    END LOOP;
    IF recorded_commands IS NOT NULL THEN
      SELECT array_agg(CASE WHEN fits THEN head + filled END), max(filled)
      INTO lasts, accepted
      FROM (
        SELECT fits, sum(CASE WHEN fits THEN events ELSE 0 END) OVER (ORDER BY batch) AS filled
        FROM unnest(lasts, recorded_commands, event_counts) WITH ORDINALITY AS b (last, command_id, events, batch),
          LATERAL (SELECT b.last IS NOT NULL AND b.command_id IS NULL AS fits) f
        ORDER BY batch
      ) remaining;
    END IF;
  END IF;

  IF array_position(stream_keys, NULL) IS NOT NULL THEN
    INSERT INTO streams (stream, category, stream_id)
    SELECT b.last - b.events + 1, b.category, b.stream_id
    FROM unnest(categories, stream_ids, event_counts, stream_keys, lasts) AS b (category, stream_id, events, stream, last)
    WHERE b.stream IS NULL AND b.last IS NOT NULL;
  END IF;

  INSERT INTO events (
    position, stream, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index,
    correlation_id, causation_id, traceparent, time, subject_id, data)
  SELECT
    lasts[e.batch] - expected_versions[e.batch] - event_counts[e.batch] + e.version,
    coalesce(stream_keys[e.batch], lasts[e.batch] - event_counts[e.batch] + 1),
    e.version, categories[e.batch], stream_ids[e.batch], e.type, e.schema_version, e.event_id, batch_ids[e.batch], e.command_id,
    e.command_index, e.correlation_id, e.causation_id, e.traceparent, e.time, e.subject_id, e.data
  FROM unnest(
    batches, versions, types, schema_versions, event_ids, command_ids, command_indexes, correlation_ids, causation_ids,
    traceparents, times, subject_ids, datas)
    AS e (batch, version, type, schema_version, event_id, command_id, command_index, correlation_id, causation_id,
      traceparent, time, subject_id, data)
  WHERE lasts[e.batch] IS NOT NULL;

  last_positions := lasts;
  IF accepted < total THEN
    -- What was refused gives its positions back, and a batch may stand since an earlier attempt whose answer was lost.
    UPDATE log_head SET position = head + accepted WHERE one;
    SELECT array_agg(coalesce(b.last, e.position) ORDER BY b.batch)
    INTO last_positions
    FROM unnest(lasts, stream_keys, expected_versions, event_counts, batch_ids)
      WITH ORDINALITY AS b (last, stream, expected, events, batch_id, batch)
    LEFT JOIN LATERAL (
      SELECT position FROM events
      WHERE stream = b.stream AND version = b.expected + b.events AND batch_id = b.batch_id AND b.last IS NULL
      LIMIT 1
    ) e ON true;
  END IF;
END
$$;
