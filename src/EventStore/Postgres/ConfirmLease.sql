SELECT 1 FROM leases WHERE name = $1 AND token = $2 FOR SHARE
