-- Appends one event to one stream if nothing stands against it, and answers its position. Otherwise nothing is written
-- and the answer is null: append_events tells why. Most appends that find nobody else at it are of this kind, and need
-- neither arrays nor the checks of many streams.
CREATE FUNCTION append_event(
  category text, stream_id text, expected_version integer, batch_id uuid, type text, schema_version integer, event_id uuid,
  command_id uuid, correlation_id text, causation_id text, traceparent text, "time" timestamptz, subject_id text, data json,
  OUT last_position bigint)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
  -- As in append_events: everybody queues here, and what follows sees all that was committed before.
  UPDATE log_head SET position = position + 1 WHERE one RETURNING position INTO last_position;

  IF expected_version = 0 THEN
    INSERT INTO streams (stream, category, stream_id)
    SELECT last_position, append_event.category, append_event.stream_id
    WHERE NOT EXISTS (SELECT FROM streams WHERE category = append_event.category AND stream_id = append_event.stream_id);
  END IF;

  INSERT INTO events (
    position, stream, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index,
    correlation_id, causation_id, traceparent, time, subject_id, data)
  SELECT
    last_position, s.stream, expected_version + 1, s.category, s.stream_id, type, schema_version, event_id, batch_id,
    append_event.command_id, 0, correlation_id, causation_id, traceparent, time, subject_id, data
  FROM streams s
  WHERE s.category = append_event.category AND s.stream_id = append_event.stream_id
    AND coalesce((SELECT version FROM events WHERE stream = s.stream ORDER BY version DESC LIMIT 1), 0) = expected_version
    AND NOT EXISTS (SELECT FROM events WHERE stream = s.stream AND command_id = append_event.command_id);

  IF NOT FOUND THEN
    UPDATE log_head SET position = position - 1 WHERE one;
    last_position := NULL;
  END IF;
END
$$;
