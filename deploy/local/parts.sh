# The parts: what each is told, how it starts, and whether it is ready.

source_of_orleans() { echo "${OrleansSource:-${ORLEANS_SOURCE:-$(cat artifacts/orleans-source 2> /dev/null || echo engine)}}"; }

program() { echo "$PWD/artifacts/$(source_of_orleans)/bin/$1/$configuration/Crescent.$1.dll"; }

crescent() {
  local name=$1
  shift
  dotnet "$(program "$name")" "$@"
}

prepare_home() {
  mkdir -p "$home/run" "$home/logs" || fail "The folder $home cannot be created; set CRESCENT_CLUSTER_HOME to another one."
  chmod 700 "$home"
}

build() {
  [ "${CRESCENT_CLUSTER_BUILD:-yes}" != no ] || return 0
  local log project
  build/probe-orleans
  log=$(mktemp)
  for project in ApiHost ProviderSandbox; do
    dotnet build "src/$project" -c "$configuration" --nologo -v quiet > "$log" 2>&1 || {
      cat "$log" >&2
      rm -f "$log"
      fail "The build failed; the lines above say why."
    }
  done
  rm -f "$log"
}

# environment_of NAME: KEY=VALUE lines, the later ones win.
environment_of() {
  case $1 in
    postgres)
      cat << TEXT
PGHOST=127.0.0.1
PGPORT=$(port_of postgres)
PGUSER=crescent
PGDATABASE=crescent
PGPASSWORD=$(postgres_password)
TEXT
      return ;;
    balancer) return ;;
    sandbox)
      cat << TEXT
Crescent__Providers__PaymentSandbox__LedgerPath=$home/sandbox/payments.db
Crescent__Providers__CarrierSandbox__BookingsPath=$home/sandbox/parcels.db
TEXT
      ;;
    *)
      cat << TEXT
Crescent__Postgres__ConnectionString=$(connection_string)
Crescent__Cluster__SecretsFile=$home/secrets.json
Crescent__Telemetry__ServiceName=crescent-$1
TEXT
      ;;
  esac
  case $1 in
    silo-*)
      cat << TEXT
Crescent__Cluster__SiloName=$1
Crescent__Cluster__SiloPort=$(silo_port_of "$1")
Crescent__Cluster__GatewayPort=$(gateway_port_of "$1")
Crescent__Providers__Payment__Name=sandbox
Crescent__Providers__Payment__BaseAddress=http://127.0.0.1:$(port_of sandbox)/
Crescent__Providers__Carrier__Name=sandbox
Crescent__Providers__Carrier__BaseAddress=http://127.0.0.1:$(port_of sandbox)/
Crescent__Providers__FileMailer__Folder=$home/mail
TEXT
      ;;
    api-*) echo "Crescent__DemoData=true" ;;
  esac
  echo "ASPNETCORE_URLS=http://127.0.0.1:$(port_of "$1")"
  echo "ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}"
  # Several processes share this machine's cores and memory.
  echo "DOTNET_gcServer=0"
  local file
  for file in "$home/all.env" "$home/$1.env"; do
    [ ! -r "$file" ] || grep -E '^[A-Za-z_][A-Za-z0-9_]*=' "$file" || true
  done
}

start_part() {
  check_ports "$1"
  case $1 in
    postgres) start_postgres ;;
    balancer) start_balancer ;;
    sandbox) start_program sandbox ProviderSandbox ;;
    silo-*) start_program "$1" Silo ;;
    api-*) start_program "$1" ApiHost ;;
  esac
}

start_program() {
  local variables=() line
  [ -s "$home/secrets.json" ] && [ -s "$home/postgres.password" ] || fail "There is no cluster in $home yet: './cluster up' makes one."
  [ -f "$(program "$2")" ] || fail "$(program "$2") is missing: './cluster up' builds it."
  while IFS= read -r line; do variables+=("$line"); done < <(environment_of "$1")
  launch "$1" env "${variables[@]}" dotnet "$(program "$2")"
}

check_ports() {
  local ports=("$(port_of "$1")") port
  case $1 in silo-*) ports+=("$(silo_port_of "$1")" "$(gateway_port_of "$1")") ;; esac
  for port in "${ports[@]}"; do
    if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
      fail "Port $port, which $1 would listen on, is taken: stop who has it, or set CRESCENT_CLUSTER_PORTS to another first port."
    fi
  done
}

health_url() {
  case $1 in
    balancer) echo "http://127.0.0.1:$(port_of balancer)/health/balancer" ;;
    *) echo "http://127.0.0.1:$(port_of "$1")/health/ready" ;;
  esac
}

# answers NAME: nothing if it is ready, else what it says.
answers() {
  if [ "$1" = postgres ]; then
    postgres_answers || echo "does not take connections yet"
    return
  fi
  local answer
  if ! answer=$(curl -sS -m 3 -w '\n%{http_code}' "$(health_url "$1")" 2> /dev/null); then
    echo "does not answer"
  elif [ "${answer##*$'\n'}" != 200 ]; then
    sed -n 's/.*"detail":"\([^"]*\)".*/\1/p' <<< "$answer" | grep . || echo "answers ${answer##*$'\n'}"
  fi
}

wait_ready() {
  local name=$1 end=$((SECONDS + patience)) said
  while true; do
    is_running "$name" || fail "$name ended while it started; its log says: $(tail -n 1 "$home/logs/$name.log")"
    said=$(answers "$name")
    [ -n "$said" ] || return 0
    [ $SECONDS -lt $end ] || fail "$name was not ready after $patience seconds: $said"
    sleep 0.1
  done
}

# state_of NAME: STATE PID DETAIL.
state_of() {
  local pid said
  if pid=$(pid_of "$1"); then
    if is_paused "$pid"; then echo "paused $pid"; return; fi
    said=$(answers "$1")
    if [ -z "$said" ]; then echo "ready $pid"; else echo "running $pid $said"; fi
  elif [ -e "$home/run/$1.pid" ]; then echo "dead -"
  else echo "stopped -"
  fi
}

address_of() {
  case $1 in
    postgres) echo "127.0.0.1:$(port_of postgres)" ;;
    *) echo "http://127.0.0.1:$(port_of "$1")" ;;
  esac
}

status() {
  local name state pid detail all_ready=0 separator=
  [ "${1:-}" != --json ] || printf '['
  for name in "${parts[@]}"; do
    read -r state pid detail <<< "$(state_of "$name")"
    [ "$state" = ready ] || all_ready=1
    if [ "${1:-}" = --json ]; then
      printf '%s{"name":"%s","state":"%s","pid":%s,"address":"%s","detail":"%s"}' \
        "$separator" "$name" "$state" "${pid/-/null}" "$(address_of "$name")" "${detail//\"/\'}"
      separator=,
    else
      printf '%-9s %-8s %-8s %-24s %s\n' "$name" "$state" "$pid" "$(address_of "$name")" "$detail"
    fi
  done
  [ "${1:-}" != --json ] || printf ']\n'
  return $all_ready
}

first_screen() {
  local variables=() line name door=api-1
  ! is_running balancer || door=balancer
  while IFS= read -r line; do variables+=("$line"); done < <(environment_of api-1)
  env "${variables[@]}" dotnet "$(program ApiHost)" first-screen "$(address_of "$door")"
  echo "Parts (./cluster status, stop NAME, kill NAME, start NAME, logs NAME, down):"
  for name in "${parts[@]}"; do
    ! is_running "$name" || printf '  %-9s %s\n' "$name" "$(address_of "$name")"
  done
}

delete_data() {
  rm -rf "$postgres_folder" "$(socket_folder)" "$balancer_folder"
  [ "$outside" = "$home" ] || rmdir "$outside" 2> /dev/null || true
  rm -rf "$home/run" "$home/logs" "$home/sandbox" "$home/mail" "$home/secrets.json" "$home/postgres.password" "$home/lock"
  rmdir "$home" 2> /dev/null || true
}
