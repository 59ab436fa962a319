# Runs a PostgreSQL server in a new folder for as long as standard input is open, then stops it and removes the folder.
# So a test run that is killed leaves nothing behind. Prints the folder, which holds the socket, once the server answers.
# Usage: postgres-server.sh BIN
set -eu
bin=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/crescent-pg-XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$bin/initdb" -D data -U crescent -A trust -E UTF8 --locale=C --no-sync > log 2>&1 || { cat log >&2; exit 1; }
"$bin/postgres" -D data -k "$folder" -c listen_addresses= -c max_connections=400 -c shared_buffers=64MB > log 2>&1 < /dev/null &
server=$!
until "$bin/pg_isready" -q -h "$folder"; do
  kill -0 "$server" 2> /dev/null || { cat log >&2; exit 1; }
  sleep 0.05
done
echo "$folder"
read -r _ || true
# At once: what it leaves is removed.
kill -QUIT "$server"
wait "$server" || true
