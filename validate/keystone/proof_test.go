package keystone_test

import (
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	issuer    = "https://op1.example.org"
	websso    = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso"
	global    = "/v3/auth/OS-FEDERATION/websso/openid"
	dashboard = "https://dashboard.example.org/auth/websso/"
)

// TestProof runs Keystone with the configurations of the rules and with their mends, and
// sees what each rule promises.
func TestProof(t *testing.T) {
	m := &mends{t: t, running: map[string]*running{}}
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"section-misspelt":             m.fromDashboard(dashboard, 401),
		"option-in-wrong-section":      m.fromDashboard(dashboard, 401),
		"option-misspelt":              m.fromDashboard(dashboard, 401),
		"option-set-twice":             m.logins(401, "unsupported method"),
		"value-swallows-a-line":        m.fromDashboard(dashboard, 401),
		"value-with-comment":           m.starts("openid  # corp"),
		"list-with-quotes":             m.starts("No 'keystone.auth"),
		"value-with-dollar":            m.fromDashboard(dashboard, 500),
		"method-unknown":               m.starts("No 'keystone.auth.oidc' driver found"),
		"method-missing":               m.logins(401, "unsupported method"),
		"method-token-missing":         m.rescopes,
		"method-driver-set":            m.starts("No 'keystone.auth.openid' driver found"),
		"remote-id-section-misspelt":   m.anyIssuer,
		"remote-id-attribute-missing":  m.globalWebsso,
		"assertion-prefix-hides":       m.logins(401, "Could not find Identity Provider identifier in environment"),
		"insecure-debug-on":            m.givesReasons,
		"trusted-dashboard-missing":    m.fromDashboard(dashboard, 401),
		"trusted-dashboard-malformed":  m.fromDashboard(dashboard, 401),
		"trusted-dashboard-differs":    m.fromDashboard("https://dashboard.example.org/horizon/auth/websso/", 401),
		"trusted-dashboard-not-https":  m.fromDashboard(dashboard, 401),
		"callback-template-missing":    m.fromDashboard(dashboard, 500),
		"public-endpoint-with-version": m.discovers("/v3/v3/"),
		"public-endpoint-not-https":    m.discovers("http://keystone.example.org:5000/v3/"),
		"public-endpoint-differs":      m.discovers("https://api.example.org"),
		"proxy-headers-ignored":        m.discovers("http://"),
		"keystone-in-threads":          mixesUsers,
		"idp-without-remote-ids":       m.remoteIDs,
		"idps-share-domain": m.twice(secondProvider, func(o *prove.Objects) { o.IdentityProviders[1].Domain = "" },
			"/v3/OS-FEDERATION/identity_providers/op2/protocols/openid/auth", "https://op2.example.org"),
		"protocols-share-users": m.twice(secondProtocol, func(o *prove.Objects) { o.Protocols[1].Mapping = "robots" },
			"/v3/OS-FEDERATION/identity_providers/op1/protocols/mapped/auth", issuer),
		"idp-disabled":      m.withObjects(403, func(o *prove.Objects) { o.IdentityProviders[0].Disabled = true }),
		"remote-id-unknown": m.withObjects(403, func(o *prove.Objects) { o.IdentityProviders[0].RemoteIDs[0] += "/" }),
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", slug)
			proof(t, filepath.Join(dir, "fires"), filepath.Join(dir, "silent"))
		})
	}
}
