SELECT
  position, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index,
  correlation_id, causation_id, traceparent, time, subject_id, data
FROM events
WHERE stream = (SELECT stream FROM streams WHERE category = $1 AND stream_id = $2) AND command_id = $3
ORDER BY command_index
