INSERT INTO order_timeline (
  order_id, position, category, stream_id, stream_version, type, happened_at, event_id, command_id, correlation_id, causation_id, trace_parent, data)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
