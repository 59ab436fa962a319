SELECT pg_advisory_xact_lock(hashtextextended('crescent migrations', 0))
