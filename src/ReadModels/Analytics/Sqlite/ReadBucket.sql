SELECT value
FROM analytics_buckets
WHERE metric = ?1 AND size = ?2 AND starts_at = ?3 AND dimension = ?4;
