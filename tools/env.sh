# shellcheck shell=sh disable=SC2034
# Sourced by the scripts here: where things are. A Go of at least 1.21 comes first in PATH, once bootstrap has found one.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/windlass
old_go=/usr/lib/go-1.19/bin/go

say() { echo "$(basename -- "$0"): $*" >&2; }
die() {
  say "$@"
  exit 3
}

# new_enough GO: is it a Go that builds modules which ask for 1.21 or later?
new_enough() {
  case $("$1" env GOVERSION 2>/dev/null) in
    go1.? | go1.?.* | go1.1? | go1.1?.* | go1.20 | go1.20.*) return 1 ;;
    go1.*) return 0 ;;
    *) return 1 ;;
  esac
}

if ! new_enough go && [ -x "$cache/go/bin/go" ]; then
  PATH=$cache/go/bin:$PATH
fi
