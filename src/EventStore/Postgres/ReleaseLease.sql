UPDATE leases SET expires = clock_timestamp() WHERE name = $1 AND token = $2
