SELECT position, category, stream_id, stream_version, type, happened_at, event_id, command_id, correlation_id, causation_id, trace_parent, data
FROM order_timeline
WHERE order_id = $1 AND position > $2
ORDER BY position
LIMIT $3;
