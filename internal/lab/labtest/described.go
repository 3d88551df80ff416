package labtest

import (
	"fmt"
	"strings"
)

const describedHead = `version: 1
keystone: {url: https://keystone.example.org:5000, owner: %s}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
`

const describedProvider = `  %[1]s:
    issuer: https://sso.example.org/realms/%[1]s
    client: {id: keystone, secret: {env: SECRET}}
    rules:
      - user: {name: "{preferred_username}"}
        groups: "{groups}"
        only: {groups: [users]}
    groups:
      users: [{project: demo, roles: [member, reader]}]
`

// ObjectsOfDescribed is how many objects Keystone has of each identity provider
// of Described: domain, project, group, two roles, mapping, identity provider,
// protocol.
const ObjectsOfDescribed = 8

// Described is a description of identity providers for apply: each with a group
// that has two roles on a project.
func Described(owner string, ids ...string) string {
	var yaml strings.Builder
	fmt.Fprintf(&yaml, describedHead, owner)
	for _, id := range ids {
		fmt.Fprintf(&yaml, describedProvider, id)
	}
	return yaml.String()
}
