#!/bin/sh
# What the benches of daemons share, for scripts that lie here: directories of their own, and an end.

root=$(mktemp -d)
# In memory, as a login makes it.
runtime=$(mktemp -d -p /dev/shm 2> /dev/null || mktemp -d)
# Processes that are to end with the bench.
started=
end() {
  for pid in $started; do kill "$pid" 2> /dev/null || :; done
  wait
  rm -rf "$root" "$runtime"
}
trap end EXIT
trap 'exit 1' HUP INT TERM
export XDG_RUNTIME_DIR="$runtime" XDG_STATE_HOME="$root/state" HOME="$root"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

# begin COMMAND...: starts it, and sets daemon to its pid.
begin() {
  "$@" 2>> "$root/said" &
  daemon=$!
  started="$daemon $started"
}

# finish SIGNAL: ends what was begun last.
finish() {
  kill "$1" "$daemon"
  wait "$daemon" 2> /dev/null || :
  started=${started#"$daemon "}
}

# sleepers DIRECTORY COUNT: makes services s1, s2 and so on that do nothing.
sleepers() {
  i=0
  while [ "$i" -lt "$2" ]; do
    i=$((i + 1))
    mkdir -p "$1/s$i"
    printf '#!/bin/sh\nexec sleep 1000\n' > "$1/s$i/run"
    chmod +x "$1/s$i/run"
  done
}

# await SECONDS COMMAND...: until it succeeds.
await() {
  tries=$(($1 * 100))
  shift
  until "$@" > /dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { echo "${0##*/}: in vain: $*" >&2; exit 1; }
    sleep 0.01
  done
}

micros() { echo $(($(date +%s%N) / 1000)); }

# Milliseconds of CPU that process $1 has used.
cpu() {
  stat=$(cat "/proc/$1/stat")
  # shellcheck disable=SC2086 # words are wanted
  set -- ${stat##*) }
  echo $(((${12} + ${13}) * 1000 / $(getconf CLK_TCK)))
}

# Proportional memory of process $1 in KiB.
pss() { sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' "/proc/$1/smaps_rollup"; }

# percentile PERCENT FILE: of the numbers in it, one a line.
percentile() { sort -n "$2" | awk -v p="$1" '{ n[NR] = $1 } END { i = NR * p / 100; print n[i == int(i) ? i : int(i) + 1] }'; }
