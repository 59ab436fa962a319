INSERT INTO payments (payment_key, state, amount, currency, token, attempts, reason, capture_due)
VALUES ($payment_key, $state, $amount, $currency, $token, $attempts, $reason, $capture_due)
ON CONFLICT (payment_key) DO UPDATE SET
  state = excluded.state,
  amount = excluded.amount,
  currency = excluded.currency,
  token = excluded.token,
  attempts = excluded.attempts,
  reason = excluded.reason,
  capture_due = excluded.capture_due;
