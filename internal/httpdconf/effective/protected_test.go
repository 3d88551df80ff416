package effective_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// seeming is a server in which much looks protected that is not, and the reverse.
const seeming = `LoadModule auth_openidc_module "@MODULES@/mod_auth_openidc.so"
LoadModule authn_core_module "@MODULES@/mod_authn_core.so"
LoadModule authz_user_module "@MODULES@/mod_authz_user.so"
LoadModule access_compat_module "@MODULES@/mod_access_compat.so"
OIDCProviderIssuer https://i.test
OIDCProviderAuthorizationEndpoint https://i.test/auth
OIDCProviderTokenEndpoint https://i.test/token
OIDCClientID c
OIDCClientSecret secret
OIDCCryptoPassphrase passphrase
OIDCRedirectURI http://own.test/callback
OIDCUnAuthAction 401
<VirtualHost *:@1@>
ServerName own.test
<Location />
AuthType openid-connect
Require valid-user
</Location>
<Location /granted-below>
Require all granted
</Location>
<LocationMatch "^/granted-by-pattern">
Require all granted
</LocationMatch>
<Location /granted-beside>
Require valid-user
Require all granted
</Location>
<Location /granted-by-any>
<RequireAny>
Require claim a:b
Require all granted
</RequireAny>
</Location>
<Location /not-by-all>
<RequireAll>
Require claim a:b
Require all granted
</RequireAll>
</Location>
<Location /or>
AuthMerging Or
Require all granted
</Location>
<Location /and>
AuthMerging And
Require all granted
</Location>
<Location /off>
AuthMerging Off
Require all granted
</Location>
<Location /merging-alone>
AuthMerging Off
</Location>
<Location /satisfied-by-any>
Satisfy Any
Order allow,deny
Allow from all
</Location>
<Location /not-satisfied>
Satisfy All
Order allow,deny
Allow from all
</Location>
<Location /some-methods>
<Limit POST>
Require valid-user
</Limit>
</Location>
<Location /other-methods>
<LimitExcept POST>
Require valid-user
</LimitExcept>
</Location>
<Location /type-only>
AuthType None
</Location>
<If "true">
AuthName x
</If>
</VirtualHost>
`

// TestLooksProtected: who is let in without a login is what httpd lets in.
func TestLooksProtected(t *testing.T) {
	_, modules := labtest.Httpd(t)
	s := start(t, strings.ReplaceAll(seeming, "@MODULES@", modules))
	config, _ := effective.New(s.tree)
	local := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), s.ports[0])
	for _, path := range []string{"/", "/granted-below", "/granted-below/x", "/granted-belows", "/granted-by-pattern/x", "/granted-beside", "/granted-by-any", "/not-by-all", "/or",
		"/and", "/off", "/merging-alone", "/satisfied-by-any", "/not-satisfied", "/some-methods", "/other-methods", "//granted-below", "/a/../granted-below"} {
		x := config.Select(local, "own.test").At(effective.Request{Path: strings.ReplaceAll(path, "/a/..", ""), File: s.root + "/docs" + path})
		status, _ := s.get(t, local, "own.test", path)
		if want := withoutLogin(x, http.MethodGet); status != want {
			t.Errorf("%s: httpd answers %d, ours %d", path, status, want)
		}
	}
}

// withoutLogin is the answer to a request without a login; what is let in is not
// there.
func withoutLogin(x *effective.Context, method string) int {
	authz, _ := x.Authz()
	anyway := strings.EqualFold(x.Setting("Satisfy").Value(), "any") && len(x.Setting("Allow").Commands) > 0
	switch {
	case authz == nil && x.Setting("AuthType").Value() != "":
		return http.StatusInternalServerError // an AuthType, and nothing that is required
	case anyway || passes(authz, method):
		return http.StatusNotFound
	}
	return http.StatusUnauthorized
}

func passes(a *effective.Authz, method string) bool {
	some, every, any := false, true, false
	for _, p := range a.Parts {
		if !concerns(p.Limits, method) {
			continue
		}
		any = true
		some, every = some || passes(p, method), every && passes(p, method)
	}
	switch {
	case a.Op == effective.One:
		return !concerns(a.Limits, method) || a.Command.RawArgs() == "all granted"
	case !any:
		return true
	case a.Op == effective.All:
		return every
	}
	return some
}

// concerns reports whether a <Limit> or <LimitExcept> speaks of a method.
func concerns(limits []*httpdconf.Command, method string) bool {
	for _, l := range limits {
		named := strings.Contains(strings.Join(l.Argv(), " "), method)
		if named == (l.Key() == "<limitexcept") {
			return false
		}
	}
	return true
}
