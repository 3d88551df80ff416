#!/usr/bin/env bash
# From federation.yaml to tokens, inside the lab (`fedstone lab run -- steps.sh`).
set -euo pipefail
cd "$(dirname "$0")"
fedstone="${FEDSTONE:-../../bin/fedstone}"
root="$FEDSTONE_LAB/root"
FEDSTONE_PASSPHRASE=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
export FEDSTONE_PASSPHRASE

step=""
trap 'status=$?; [ $status = 0 ] || echo "FAILED at step: $step (exit status $status); the services'"'"' logs are in $FEDSTONE_LAB/log" >&2' EXIT
step() { step=$1; printf '\n\033[1m== %s\033[0m\n' "$1"; }
[ -t 1 ] || step() { step=$1; printf '\n== %s\n' "$1"; }

step "1. render: federation.yaml becomes files (what was written is parsed back before it is put in place)"
"$fedstone" render -o "$root" --prefix "$root"

step "2. reload: the lab's httpd now runs what was rendered"
"$fedstone" lab reload --dir "$FEDSTONE_LAB"
echo "httpd runs $root/etc/apache2/sites-enabled/10-keystone_wsgi.conf"

step "3. apply: the objects on the live Keystone"
"$fedstone" apply

step "4. apply again: nothing left to change"
"$fedstone" apply --plan

step "5. probe: log in at every issuer, exchange, scope; then every token at every path"
"$fedstone" probe --isolation
