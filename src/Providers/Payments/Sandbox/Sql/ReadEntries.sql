SELECT entry_no, payment_key, kind, amount, currency, recorded_at
FROM entries
ORDER BY entry_no;
