SELECT starts_at, dimension, value
FROM analytics_buckets
WHERE metric = $1 AND size = $2 AND starts_at >= $3 AND starts_at < $4
ORDER BY starts_at, dimension;
