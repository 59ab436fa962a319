SELECT state, amount, currency, token, attempts, reason, capture_due
FROM payments
WHERE payment_key = $payment_key;
