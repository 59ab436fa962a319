SELECT stream, (SELECT version FROM events WHERE events.stream = streams.stream ORDER BY version DESC LIMIT 1)
FROM streams
WHERE category = ?1 AND stream_id = ?2
