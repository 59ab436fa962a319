# What must be installed, and how it gets there.

postgres_binaries() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -rV) $(tr : ' ' <<< "$PATH"); do
    if [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ]; then echo "$folder"; return; fi
  done
  return 1
}

nginx_binary() { PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx; }

# need_tools PARTS: finds or installs what the parts need.
need_tools() {
  [ -r /proc/self/stat ] || fail "./cluster needs Linux; elsewhere 'docker compose up' starts the same."
  build/require-dotnet
  command -v setsid > /dev/null && command -v setpriv > /dev/null && command -v flock > /dev/null ||
    fail "The programs setsid, setpriv and flock are needed: install util-linux."
  local missing=()
  command -v curl > /dev/null || missing+=(curl)
  postgres_binaries > /dev/null || missing+=(postgresql)
  case $1 in *balancer*) nginx_binary > /dev/null || missing+=(nginx) ;; esac
  [ ${#missing[@]} -eq 0 ] || install "${missing[@]}"
}

install() {
  local how="apt-get install -y --no-install-recommends $*" log policy=/usr/sbin/policy-rc.d made=
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    fail "$(join_words "$@") must be installed and nobody but root can do that here: run '$how' as root and try again."
  fi
  echo "Installing $(join_words "$@")."
  # The packages would start services of their own, on ports that may be taken.
  if [ ! -e $policy ]; then made=yes; printf '#!/bin/sh\nexit 101\n' > $policy; chmod +x $policy; fi
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  $how > "$log" 2>&1 || { apt-get update >> "$log" 2>&1 && $how >> "$log" 2>&1; } || {
    [ -z "$made" ] || rm -f $policy
    fail "$(join_words "$@") cannot be installed ('$how' says: $(grep -m 1 '^E:' "$log" || tail -n 1 "$log")); install it and try again."
  }
  [ -z "$made" ] || rm -f $policy
  rm -f "$log"
}

join_words() {
  local text=$1
  shift
  while [ $# -gt 0 ]; do text="$text and $1"; shift; done
  echo "$text"
}
