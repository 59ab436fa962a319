-- Looks first, so that asking for a lease that is held writes nothing.
INSERT INTO leases AS held (name, owner, token, expires)
SELECT $1, $2, 1, clock_timestamp() + $3
WHERE NOT EXISTS (SELECT FROM leases WHERE name = $1 AND owner <> $2 AND expires > clock_timestamp())
ON CONFLICT (name) DO UPDATE
SET owner = excluded.owner, token = held.token + 1, expires = excluded.expires
WHERE held.owner = excluded.owner OR held.expires <= clock_timestamp()
RETURNING token
