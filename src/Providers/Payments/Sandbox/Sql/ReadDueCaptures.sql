SELECT payment_key
FROM payments
WHERE state = 'late' AND capture_due <= $now
ORDER BY capture_due
LIMIT $limit;
