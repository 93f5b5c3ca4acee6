#!/bin/sh
# Tells a running depot to open a new log file.
set -eu
kill -HUP "$(cat "${DEPOT_RUN_DIR:-run}/depot.pid")"
