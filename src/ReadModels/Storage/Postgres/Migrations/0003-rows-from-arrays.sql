-- The arrays of the busiest functions are unnested side by side in the select list: as a table expression they would be
-- written to a store of their own first.

CREATE OR REPLACE FUNCTION write_orders(
  positions bigint[], order_ids text[], user_ids text[], user_names text[], statuses text[], item_lists text[], totals numeric[],
  currencies text[], reasons text[], created_ats timestamptz[], updated_ats timestamptz[], versions integer[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO order_views (
    created_position, order_id, user_id, user_name, status, items, total, currency, reason, created_at, updated_at, version)
  SELECT
    unnest(positions), unnest(order_ids), unnest(user_ids), unnest(user_names), unnest(statuses), unnest(item_lists), unnest(totals),
    unnest(currencies), unnest(reasons), unnest(created_ats), unnest(updated_ats), unnest(versions)
  ON CONFLICT (created_position) DO UPDATE
  SET user_name = excluded.user_name, status = excluded.status, reason = excluded.reason, updated_at = excluded.updated_at,
    version = excluded.version;
END
$$;

CREATE OR REPLACE FUNCTION write_sagas(
  positions bigint[], order_ids text[], user_ids text[], statuses text[], steps text[], tries_made integer[], failures text[],
  reasons text[], retry_ats timestamptz[], started_ats timestamptz[], updated_ats timestamptz[], versions integer[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO saga_views (
    created_position, order_id, user_id, status, step, tries, failure, reason, retry_at, started_at, updated_at, version)
  SELECT
    unnest(positions), unnest(order_ids), unnest(user_ids), unnest(statuses), unnest(steps), unnest(tries_made), unnest(failures),
    unnest(reasons), unnest(retry_ats), unnest(started_ats), unnest(updated_ats), unnest(versions)
  ON CONFLICT (created_position) DO UPDATE
  SET status = excluded.status, step = excluded.step, tries = excluded.tries, failure = excluded.failure, reason = excluded.reason,
    retry_at = excluded.retry_at, updated_at = excluded.updated_at, version = excluded.version;
END
$$;
