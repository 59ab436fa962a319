SELECT status, count(*)
FROM saga_views
GROUP BY status;
