SELECT
  position, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index,
  correlation_id, causation_id, traceparent, time, subject_id, data
FROM events
WHERE position > $1
ORDER BY position
LIMIT $2
