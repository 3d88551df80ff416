#!/usr/bin/env bash
# The demo: installs what is missing, brings the lab up, walks through steps.sh, ends everything.
# Without apt or root it says what it would need, and shows the half that needs neither.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
fedstone="$here/../../bin/fedstone"

offline_half() {
  echo
  echo "The rest of the demo needs the programs above. What needs none of them:"
  FEDSTONE="$fedstone" exec "$here/offline.sh"
}

if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    exec sudo --preserve-env=PATH,HOME "$0" "$@"
  fi
  echo "The lab runs httpd, Keystone and MariaDB as users of their own: that needs root (or sudo)." >&2
  "$fedstone" lab install --check || true
  offline_half
fi

if ! "$fedstone" lab install --check >/dev/null; then
  if ! command -v apt-get >/dev/null; then
    echo "This system has no apt-get. The lab would need:" >&2
    "$fedstone" lab install --check || true
    offline_half
  fi
  echo "== install what the lab needs" >&2
  "$fedstone" lab install || { status=$?; echo "FAILED at step: install (exit status $status); run it again when the cause above is mended" >&2; exit $status; }
fi

echo "== test the description and its mappings, offline, before anything is started"
"$fedstone" test -f "$here/federation.yaml"

echo "== bring the lab up" >&2
exec "$fedstone" lab run --dir "${FEDSTONE_LAB:-/var/lib/fedstone-demo}" -- "$here/steps.sh"
