SELECT set_config('synchronous_commit', 'off', true), pg_notify('crescent_log', $1::text)
