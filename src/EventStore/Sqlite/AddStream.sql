INSERT INTO streams (category, stream_id) VALUES (?1, ?2) RETURNING stream
