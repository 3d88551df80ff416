package mapping

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/spec"
)

// Prefix stands before every claim's name in the environment of Keystone; it is
// the OIDCClaimPrefix that fedstone renders.
const Prefix = "OIDC-"

// RemoteID is the environment variable that holds the issuer.
const RemoteID = Prefix + "iss"

// Variable gives the name of what holds a claim in the environment of Keystone. Of
// the claim https://example.org/name it is OIDC-https---example.org-name, of
// env(REMOTE_USER) it is REMOTE_USER.
func Variable(claim string) string {
	if name, ok := spec.Variable(claim); ok {
		return name
	}
	return Prefix + claims.VariableName(claim)
}

// Claims gives the names of the claims that the rules read, sorted, each once.
// Types that do not come from claims are left out. A name is that of the variable,
// behind the prefix.
func (m Mapping) Claims() []string {
	var names []string
	for _, rule := range m.Rules {
		for _, remote := range rule.Remote {
			if name, ok := strings.CutPrefix(remote.Type, Prefix); ok {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
