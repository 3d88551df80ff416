// Package lab runs the real stack on loopback: MariaDB, memcached, Keystone under mod_wsgi in a real httpd
// with mod_auth_openidc, OpenID Providers (Keycloak with two realms, and a light certified one) and, if wished,
// Horizon. It is what tests, demonstrations and benchmarks hold against the rest of the program.
//
// It may import the standard library and go-jose alone. Only cmd/fedstone and tests import it.
//
// What it promises:
//
//   - Everything it writes lies below one folder (Options.Dir), apart from a cache of prepared programs below
//     the user's cache folder. No service of the host is started, stopped or configured.
//   - Every process it starts carries its folder in an environment variable. Only processes that carry it, and
//     whose recorded start time matches, are ever signalled.
//   - When Up fails or its context ends, what it started is ended too. What a killed run left, Down ends.
//   - Secrets are random for each lab, lie in files of mode 0600 (0640 where a service's group must read them)
//     and appear in no argument list, log or lab.json.
package lab
