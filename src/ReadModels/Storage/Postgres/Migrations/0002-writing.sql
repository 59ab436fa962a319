-- A step of a consumer through the log, in the transaction of its effect: fails unless the checkpoint stands where the
-- step begins. One that was never written stands at position 0.
CREATE FUNCTION move_checkpoint(consumer text, from_version integer, from_position bigint, to_version integer, to_position bigint)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE checkpoints SET version = to_version, position = to_position
  WHERE name = consumer AND version = from_version AND position = from_position;
  IF NOT FOUND AND from_position = 0 THEN
    INSERT INTO checkpoints (name, version, position) VALUES (consumer, to_version, to_position)
    ON CONFLICT (name) DO NOTHING;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The checkpoint of % does not stand at position % of version %.', consumer, from_position, from_version
      USING ERRCODE = 'CR002';
  END IF;
END
$$;

-- Each of the following takes rows, an array per column, or empties what a rebuild is about to fill.

CREATE FUNCTION write_users(
  positions bigint[], user_ids text[], statuses text[], emails text[], names text[], created_ats timestamptz[],
  updated_ats timestamptz[], versions integer[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO user_views (created_position, user_id, status, email, name, created_at, updated_at, version)
  SELECT * FROM unnest(positions, user_ids, statuses, emails, names, created_ats, updated_ats, versions)
  ON CONFLICT (created_position) DO UPDATE
  SET status = excluded.status, email = excluded.email, name = excluded.name, updated_at = excluded.updated_at, version = excluded.version;
END
$$;

CREATE FUNCTION remove_user_words(positions bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM user_words WHERE created_position = ANY (positions);
END
$$;

CREATE FUNCTION add_user_words(words text[], positions bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO user_words (word, created_position) SELECT * FROM unnest(words, positions);
END
$$;

CREATE FUNCTION clear_users() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE user_views;
END
$$;

CREATE FUNCTION clear_user_words() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE user_words;
END
$$;

CREATE FUNCTION write_products(
  positions bigint[], product_ids text[], names text[], prices numeric[], currencies text[], availables bigint[], reserveds bigint[],
  created_ats timestamptz[], updated_ats timestamptz[], versions integer[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO product_views (created_position, product_id, name, price, currency, available, reserved, created_at, updated_at, version)
  SELECT * FROM unnest(positions, product_ids, names, prices, currencies, availables, reserveds, created_ats, updated_ats, versions)
  ON CONFLICT (created_position) DO UPDATE
  SET name = excluded.name, price = excluded.price, currency = excluded.currency, available = excluded.available,
    reserved = excluded.reserved, updated_at = excluded.updated_at, version = excluded.version;
END
$$;

CREATE FUNCTION without_accents(words text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT normalize(regexp_replace(normalize(words, NFD), '[\u0300-\u036F]', '', 'g'), NFC)
$$;

CREATE FUNCTION write_product_words(positions bigint[], words_of_names text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO product_search (created_position, words)
  SELECT p.position, array_to_tsvector(string_to_array(without_accents(p.words), ' ')) FROM unnest(positions, words_of_names) AS p (position, words)
  ON CONFLICT (created_position) DO UPDATE SET words = excluded.words;
END
$$;

CREATE FUNCTION clear_products() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE product_views;
END
$$;

CREATE FUNCTION clear_product_words() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE product_search;
END
$$;

CREATE FUNCTION write_orders(
  positions bigint[], order_ids text[], user_ids text[], user_names text[], statuses text[], item_lists text[], totals numeric[],
  currencies text[], reasons text[], created_ats timestamptz[], updated_ats timestamptz[], versions integer[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO order_views (
    created_position, order_id, user_id, user_name, status, items, total, currency, reason, created_at, updated_at, version)
  SELECT * FROM unnest(
    positions, order_ids, user_ids, user_names, statuses, item_lists, totals, currencies, reasons, created_ats, updated_ats, versions)
  ON CONFLICT (created_position) DO UPDATE
  SET user_name = excluded.user_name, status = excluded.status, reason = excluded.reason, updated_at = excluded.updated_at,
    version = excluded.version;
END
$$;

CREATE FUNCTION forget_buyers(forgotten_ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE order_views SET user_name = NULL WHERE user_id = ANY (forgotten_ids);
END
$$;

CREATE FUNCTION add_to_timeline(
  order_ids text[], positions bigint[], categories text[], stream_ids text[], stream_versions integer[], types text[],
  happened_ats timestamptz[], event_ids uuid[], command_ids uuid[], correlation_ids text[], causation_ids text[],
  trace_parents text[], datas text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO order_timeline (
    order_id, position, category, stream_id, stream_version, type, happened_at, event_id, command_id, correlation_id, causation_id,
    trace_parent, data)
  SELECT * FROM unnest(
    order_ids, positions, categories, stream_ids, stream_versions, types, happened_ats, event_ids, command_ids, correlation_ids,
    causation_ids, trace_parents, datas);
END
$$;

CREATE FUNCTION clear_orders() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE order_views;
END
$$;

CREATE FUNCTION clear_timeline() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE order_timeline;
END
$$;

CREATE FUNCTION write_sagas(
  positions bigint[], order_ids text[], user_ids text[], statuses text[], steps text[], tries_made integer[], failures text[],
  reasons text[], retry_ats timestamptz[], started_ats timestamptz[], updated_ats timestamptz[], versions integer[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO saga_views (
    created_position, order_id, user_id, status, step, tries, failure, reason, retry_at, started_at, updated_at, version)
  SELECT * FROM unnest(
    positions, order_ids, user_ids, statuses, steps, tries_made, failures, reasons, retry_ats, started_ats, updated_ats, versions)
  ON CONFLICT (created_position) DO UPDATE
  SET status = excluded.status, step = excluded.step, tries = excluded.tries, failure = excluded.failure, reason = excluded.reason,
    retry_at = excluded.retry_at, updated_at = excluded.updated_at, version = excluded.version;
END
$$;

CREATE FUNCTION clear_sagas() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE saga_views;
END
$$;

CREATE FUNCTION set_due(kinds text[], owners text[], items text[], due_ats timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO due_items (kind, owner, item, due_at) SELECT * FROM unnest(kinds, owners, items, due_ats)
  ON CONFLICT (kind, owner, item) DO UPDATE SET due_at = excluded.due_at;
END
$$;

CREATE FUNCTION remove_due(kinds text[], owners text[], items text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- One by one, so that each is found by the index however the table was when the plan was made.
  FOR i IN 1 .. cardinality(kinds) LOOP
    DELETE FROM due_items WHERE kind = kinds[i] AND owner = owners[i] AND item = items[i];
  END LOOP;
END
$$;

CREATE FUNCTION clear_due() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE due_items;
END
$$;

-- Buckets are counted by many at a time: in one order, so that nobody waits for a row while holding one that the other wants.
CREATE FUNCTION add_to_buckets(metrics text[], sizes text[], starts timestamptz[], dimensions text[], amounts numeric[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO analytics_buckets AS b (metric, size, starts_at, dimension, value)
  SELECT * FROM unnest(metrics, sizes, starts, dimensions, amounts) AS added (metric, size, starts_at, dimension, amount)
  ORDER BY added.metric, added.size, added.starts_at, added.dimension
  ON CONFLICT (metric, size, starts_at, dimension) DO UPDATE SET value = b.value + excluded.value;
END
$$;
