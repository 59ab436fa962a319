SELECT min(capture_due)
FROM payments
WHERE state = 'late';
