# Names, folders and ports of a cluster on this machine.
#   CRESCENT_CLUSTER_HOME      everything the cluster keeps (default: data/cluster)
#   CRESCENT_CLUSTER_PORTS     the first of the ports it listens on, all on 127.0.0.1 (default: 5080)
#   CRESCENT_CLUSTER_POSTGRES  PostgreSQL's folder (default: as root under /var/lib/crescent, else in the home)
#   CRESCENT_CLUSTER_BUILD     no: takes what was built before
#   CRESCENT_CLUSTER_CONFIGURATION  which build, release or debug (default: release)
#   CRESCENT_CLUSTER_PATIENCE  seconds a part may take until it is ready, or to stop (default: 90)
# Files all.env and NAME.env in the home hold further KEY=VALUE lines for all parts or one of them, read when it starts.

home=${CRESCENT_CLUSTER_HOME:-$PWD/data/cluster}
base_port=${CRESCENT_CLUSTER_PORTS:-5080}
configuration=${CRESCENT_CLUSTER_CONFIGURATION:-release}
patience=${CRESCENT_CLUSTER_PATIENCE:-90}

silos=(silo-1 silo-2 silo-3)
api_hosts=(api-1 api-2)
parts=(postgres sandbox "${silos[@]}" "${api_hosts[@]}" balancer)

fail() { echo "$*" >&2; exit 1; }

[[ $base_port =~ ^[0-9]+$ ]] && [ "$base_port" -ge 1024 ] && [ "$base_port" -le 65500 ] ||
  fail "CRESCENT_CLUSTER_PORTS must be a number from 1024 to 65500, not '$base_port'."
[[ $patience =~ ^[0-9]+$ ]] || fail "CRESCENT_CLUSTER_PATIENCE must be a number of seconds, not '$patience'."
case $home in /*) ;; *) home=$PWD/$home ;; esac

# A short name of this home, so that several clusters side by side stay apart.
home_id=$(printf %s "$home" | cksum | cut -d' ' -f1)

# PostgreSQL and nginx's workers run as another user when this is root, and that user may not be able to enter the clone.
if [ "$(id -u)" = 0 ]; then
  service_user=$(id -un postgres 2> /dev/null || echo nobody)
  outside=/var/lib/crescent/$home_id
else
  service_user=$(id -un)
  outside=$home
fi
postgres_folder=${CRESCENT_CLUSTER_POSTGRES:-$outside/postgres}
balancer_folder=$outside/balancer

number_of() { echo "${1##*-}"; }

# port_of NAME: where the part is asked for its health, and mostly for everything else.
port_of() {
  case $1 in
    balancer) echo "$base_port" ;;
    api-*) echo $((base_port + $(number_of "$1"))) ;;
    sandbox) echo $((base_port + 5)) ;;
    postgres) echo $((base_port + 6)) ;;
    silo-*) echo $((base_port + 10 + $(number_of "$1"))) ;;
  esac
}

silo_port_of() { echo $((base_port + 20 + $(number_of "$1"))); }
gateway_port_of() { echo $((base_port + 30 + $(number_of "$1"))); }

known_part() {
  local name
  for name in "${parts[@]}"; do
    if [ "$name" = "$1" ]; then echo "$name"; return; fi
  done
  fail "There is no part '$1'; there are ${parts[*]}."
}
