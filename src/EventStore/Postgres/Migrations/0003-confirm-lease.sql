-- Fails unless the lease is still this one. Called in the transaction of an effect: nobody else can take the lease until
-- that transaction has ended.
CREATE FUNCTION confirm_lease(lease text, held bigint) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM FROM leases WHERE name = lease AND token = held FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The lease % with token % is somebody else''s by now.', lease, held USING ERRCODE = 'CR001';
  END IF;
END
$$;
