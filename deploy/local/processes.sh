# Processes of the parts. run/NAME.pid holds the process id and the time it started, so that a number that was given to
# another process meanwhile is never taken for a part.

# started_at PID: the start of the process in the kernel's own ticks; fails if it is gone.
started_at() {
  local stat
  { stat=$(< "/proc/$1/stat"); } 2> /dev/null || return 1
  stat=${stat##*) }
  set -- $stat
  # What has ended and was not waited for yet is gone too.
  [ "$1" != Z ] || return 1
  echo "${20}"
}

# pid_of NAME: the part's process; fails if it does not run.
pid_of() {
  local pid started
  { read -r pid started < "$home/run/$1.pid"; } 2> /dev/null || return 1
  [ -n "${started:-}" ] && [ "$(started_at "$pid")" = "$started" ] && echo "$pid"
}

is_running() { pid_of "$1" > /dev/null; }

any_running() {
  local name
  for name in "${parts[@]}"; do
    if is_running "$name"; then return 0; fi
  done
  return 1
}

is_paused() {
  local stat
  { stat=$(< "/proc/$1/stat"); } 2> /dev/null || return 1
  stat=${stat##*) }
  [ "${stat%% *}" = T ]
}

# launch NAME COMMAND...: starts a part in a session of its own, so that no key pressed in this terminal reaches it.
launch() {
  local name=$1
  shift
  rm -f "$home/run/$name.pid"
  # The shell becomes the command: the number is its own.
  setsid bash -c 'stat=$(< /proc/$$/stat); rest=${stat##*) }; fields=($rest); echo "$$ ${fields[19]}" > "$0"; exec "$@"' \
    "$home/run/$name.pid" "$@" >> "$home/logs/$name.log" 2>&1 < /dev/null 9>&- &
  disown
  until [ -s "$home/run/$name.pid" ]; do sleep 0.01; done
}

signal_part() {
  local pid
  if pid=$(pid_of "$1"); then kill "-$2" "$pid" 2> /dev/null || true; fi
}

# wait_gone NAME...: false if one is still there when patience is over.
wait_gone() {
  local name end=$((SECONDS + patience))
  for name in "$@"; do
    while is_running "$name"; do
      [ $SECONDS -lt $end ] || return 1
      sleep 0.05
    done
  done
}

# stop_parts NAME...: as an operator would, all at once; what does not end in time is killed.
stop_parts() {
  local name signal
  for name in "$@"; do
    signal=TERM
    case $name in postgres) signal=INT ;; balancer) signal=QUIT ;; esac
    signal_part "$name" CONT
    signal_part "$name" "$signal"
  done
  wait_gone "$@" && return
  for name in "$@"; do
    is_running "$name" || continue
    echo "$name did not stop within $patience seconds and was killed." >&2
    kill_part "$name"
  done
}

# kill_part NAME: as a crash would. PostgreSQL's own processes go with it when it is told to end at once.
kill_part() {
  local pid
  pid=$(pid_of "$1") || return 0
  case $1 in
    postgres) kill -QUIT "$pid"; kill -CONT "$pid" ;;
    *) kill -KILL -- "-$pid" ;;
  esac
  wait_gone "$1" || fail "$1 (process $pid) does not end."
}
