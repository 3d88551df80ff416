#!/usr/bin/env bash
# The half of the demo that needs no other program and no root: render from saved documents into a
# folder of its own (parsed back before it is put in place), and test the mappings.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
fedstone="${FEDSTONE:-$here/../../bin/fedstone}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/../two-keycloak-realms/." "$work"
mkdir -m 0700 -p "$work/secrets"
for name in passphrase staff-client students-client; do
  (umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$work/secrets/$name")
done
cd "$work"

echo; echo "== render examples/two-keycloak-realms from its saved documents"
"$fedstone" render --offline -o out
echo; echo "== the vhost file"
sed -n '1,60{s/\(OIDCCryptoPassphrase\) .*/\1 REDACTED/;p}' out/etc/apache2/sites-enabled/10-keystone_wsgi.conf
echo; echo "== test the mappings: what Keystone makes of each test's claims"
"$fedstone" test
