INSERT INTO events (
  position, stream, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index,
  correlation_id, causation_id, traceparent, time, subject_id, data)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
