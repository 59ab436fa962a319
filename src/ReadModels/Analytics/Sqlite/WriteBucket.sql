INSERT INTO analytics_buckets (metric, size, starts_at, dimension, value)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (metric, size, starts_at, dimension) DO UPDATE SET value = excluded.value;
