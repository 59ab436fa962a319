# PostgreSQL: one server of this cluster's own. It listens on 127.0.0.1 with a password, and on a socket without one in a
# folder that only its owner may enter.

# as_service COMMAND...: as the unprivileged user, in a folder it may enter.
as_service() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && exec setpriv --reuid="$service_user" --regid="$(id -gn "$service_user")" --clear-groups "$@")
  else
    "$@"
  fi
}

socket_folder() {
  local folder=$postgres_folder/socket
  # A socket's path has 107 characters at most.
  [ ${#folder} -le 80 ] || folder=${TMPDIR:-/tmp}/crescent-$home_id
  echo "$folder"
}

postgres_password() { cat "$home/postgres.password"; }

# service_folder PATH: creates a folder for the service user alone.
service_folder() {
  mkdir -p "$1"
  [ "$(id -u)" != 0 ] || chown "$service_user" "$1"
  chmod 700 "$1"
}

connection_string() {
  echo "Host=127.0.0.1;Port=$(port_of postgres);Username=crescent;Password=$(postgres_password);Database=crescent"
}

start_postgres() {
  local binaries data=$postgres_folder/data
  binaries=$(postgres_binaries)
  service_folder "$postgres_folder"
  service_folder "$(socket_folder)"
  if [ ! -s "$home/postgres.password" ]; then
    (umask 077; head -c 24 /dev/urandom | base64 | tr -d '/+=\n' > "$home/postgres.password")
  fi
  if [ ! -s "$data/PG_VERSION" ]; then
    as_service "$binaries/initdb" -D "$data" -U postgres -E UTF8 --locale=C --auth-local=trust --auth-host=scram-sha-256 \
      >> "$home/logs/postgres.log" 2>&1 || fail "PostgreSQL's data folder $data cannot be created: $(tail -n 1 "$home/logs/postgres.log")"
  fi
  local run=()
  [ "$(id -u)" != 0 ] || run=(setpriv "--reuid=$service_user" "--regid=$(id -gn "$service_user")" --clear-groups env -C /)
  launch postgres "${run[@]}" "$binaries/postgres" -D "$data" -k "$(socket_folder)" -p "$(port_of postgres)" \
    -c listen_addresses=127.0.0.1 -c max_connections=400 -c shared_buffers=128MB
  wait_ready postgres
  create_database
}

# The database and its owner, unless an earlier start made them.
create_database() {
  local psql=(as_service "$(postgres_binaries)/psql" -qAtX -v ON_ERROR_STOP=1 -h "$(socket_folder)" -p "$(port_of postgres)" -U postgres)
  if [ -z "$("${psql[@]}" -d postgres -c "SELECT 1 FROM pg_roles WHERE rolname = 'crescent'")" ]; then
    "${psql[@]}" -d postgres -v password="$(postgres_password)" <<< "CREATE ROLE crescent LOGIN PASSWORD :'password'" > /dev/null
  fi
  if [ -z "$("${psql[@]}" -d postgres -c "SELECT 1 FROM pg_database WHERE datname = 'crescent'")" ]; then
    "${psql[@]}" -d postgres -c "CREATE DATABASE crescent OWNER crescent" > /dev/null
  fi
}

postgres_answers() { "$(postgres_binaries)/pg_isready" -q -t 2 -h 127.0.0.1 -p "$(port_of postgres)"; }
