UPDATE leases SET expires = clock_timestamp() + $3 WHERE name = $1 AND token = $2
