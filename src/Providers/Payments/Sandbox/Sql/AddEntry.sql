INSERT INTO entries (payment_key, kind, amount, currency, recorded_at)
VALUES ($payment_key, $kind, $amount, $currency, $recorded_at);
