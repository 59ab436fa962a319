INSERT INTO leases AS held (name, owner, token, expires) VALUES ($1, $2, 1, clock_timestamp() + $3)
ON CONFLICT (name) DO UPDATE
SET owner = excluded.owner, token = held.token + 1, expires = excluded.expires
WHERE held.owner = excluded.owner OR held.expires <= clock_timestamp()
RETURNING token
