#!/usr/bin/env bash
# A throw-away PostgreSQL server on the loopback, for the server half of the contract suites.
#
#   export TEST_DATABASE_URL=$(test/postgres.sh start)   # prints the URL
#   test/postgres.sh stop                                # stops the server and deletes its data
#
# Needs PostgreSQL's server programs (Debian: apt-get install postgresql). Started as root it runs as user postgres.
# The cluster lives in $TEST_POSTGRES_DIR and listens on $TEST_POSTGRES_PORT.
set -euo pipefail

dir=${TEST_POSTGRES_DIR:-${TMPDIR:-/tmp}/tarmac-test-postgres}
port=${TEST_POSTGRES_PORT:-54329}

programs() {
  local found
  found=$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)
  [ -n "$found" ] || { echo 'PostgreSQL server programs not found: apt-get install postgresql' >&2; exit 1; }
  dirname "$found"
}

as_server_user() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start() {
  local bin; bin=$(programs)
  if [ ! -s "$dir/data/PG_VERSION" ]; then
    mkdir -p "$dir"
    if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
    as_server_user "$bin/initdb" -D "$dir/data" -U tarmac --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$dir.log" 2>&1 ||
      { cat "$dir.log" >&2; exit 1; }
  fi
  if ! as_server_user "$bin/pg_ctl" -D "$dir/data" status >/dev/null; then
    as_server_user "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/server.log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200" start >/dev/null ||
      { cat "$dir/server.log" >&2; exit 1; }
  fi
  echo "postgres://tarmac@127.0.0.1:$port/postgres"
}

stop() {
  local bin; bin=$(programs)
  if [ -s "$dir/data/PG_VERSION" ]; then as_server_user "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null || true; fi
  rm -rf "$dir" "$dir.log"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac
