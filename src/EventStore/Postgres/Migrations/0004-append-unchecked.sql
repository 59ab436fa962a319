-- Appends batches whose streams are said to stand where they are expected, and looks nothing up: whoever calls has
-- appended the events before these, or says that the stream is new. If that is not so, or a command is in already, a unique
-- index refuses the row; then nothing is written and the answer is null: append_events tells why. All arrays have an entry
-- per event, in the order of positions. A stream's key is 0 for a new stream and null where the caller does not know it.
-- Answers the position of the last event.
CREATE FUNCTION append_unchecked(
  streams bigint[], categories text[], stream_ids text[], batch_ids uuid[], versions integer[], types text[],
  schema_versions integer[], event_ids uuid[], command_ids uuid[], command_indexes integer[], correlation_ids text[],
  causation_ids text[], traceparents text[], times timestamptz[], subject_ids text[], datas json[],
  OUT last_position bigint)
LANGUAGE plpgsql
AS $$
DECLARE
  total CONSTANT integer := cardinality(versions);
  head bigint;
BEGIN
  -- As in append_events: everybody queues here until the commit.
  UPDATE log_head SET position = position + total WHERE one RETURNING position - total, position INTO head, last_position;

  BEGIN
    IF 0 = ANY (append_unchecked.streams) THEN
      INSERT INTO streams (stream, category, stream_id)
      SELECT head + e.place, e.category, e.stream_id
      FROM unnest(append_unchecked.streams, versions, categories, stream_ids)
        WITH ORDINALITY AS e (stream, version, category, stream_id, place)
      WHERE e.stream = 0 AND e.version = 1;
    END IF;

    -- Unnested side by side in the select list: as a table expression the arrays would be written to a store first.
    INSERT INTO events (
      position, stream, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index,
      correlation_id, causation_id, traceparent, time, subject_id, data)
    SELECT
      head + e.place,
      CASE
        WHEN e.stream = 0 THEN head + e.place - e.version + 1
        WHEN e.stream IS NULL THEN (SELECT s.stream FROM streams s WHERE s.category = e.category AND s.stream_id = e.stream_id)
        ELSE e.stream
      END,
      e.version, e.category, e.stream_id, e.type, e.schema_version, e.event_id, e.batch_id, e.command_id, e.command_index,
      e.correlation_id, e.causation_id, e.traceparent, e.time, e.subject_id, e.data
    FROM (
      SELECT
        generate_series(1, total) AS place, unnest(append_unchecked.streams) AS stream, unnest(versions) AS version,
        unnest(categories) AS category, unnest(stream_ids) AS stream_id, unnest(types) AS type,
        unnest(schema_versions) AS schema_version, unnest(event_ids) AS event_id, unnest(batch_ids) AS batch_id,
        unnest(command_ids) AS command_id, unnest(command_indexes) AS command_index, unnest(correlation_ids) AS correlation_id,
        unnest(causation_ids) AS causation_id, unnest(traceparents) AS traceparent, unnest(times) AS time,
        unnest(subject_ids) AS subject_id, unnest(datas) AS data
    ) e;
  EXCEPTION WHEN unique_violation THEN
    UPDATE log_head SET position = head WHERE one;
    last_position := NULL;
  END;
END
$$;
