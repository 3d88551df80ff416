package templates_test

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/platform"
)

// TestTokensStayOutOfLogs: where the module would warn of a token, it is told not to.
func TestTokensStayOutOfLogs(t *testing.T) {
	for version, quiet := range map[string]bool{"2.4.9.4": false, "2.4.12.3": false, "2.4.17": true, "2.4.20.3": true} {
		for _, strategy := range []string{"gate", "single", "introspection"} {
			fed := federation("debian-12", provider("corp", realm(1)))
			fed.HTTPD.Strategy = text(strategy)
			if strategy == "introspection" {
				fed.IdentityProviders[0] = introspected(fed.IdentityProviders[0])
			}
			p, _ := platform.ByName("debian-12")
			p.Module = version
			in := inputs(fed)
			in.Platform = &p
			f, _ := mustRender(t, fed, in).File(p.Layout.Vhost)
			if got := strings.Contains(string(f.Content), "AuthType oauth20\n        # A token"); got != quiet || got != strings.Contains(string(f.Content), "LogLevel auth_openidc:error\n") {
				t.Errorf("%s, %s: LogLevel for the module alone %v, want %v", version, strategy, got, quiet)
			}
		}
	}
}

// TestTokensStayOutOfLogsOfModOAuth2: it warns of them in every version.
func TestTokensStayOutOfLogsOfModOAuth2(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)), provider("partner", realm(2)))
	fed.HTTPD.Strategy = text("mod_oauth2")
	for name := range strings.FieldsSeq("debian-12 debian-13 debian-testing") {
		p, _ := platform.ByName(name)
		in := inputs(fed)
		in.Platform = &p
		f, _ := mustRender(t, fed, in).File(p.Layout.Vhost)
		if told, doors := strings.Count(string(f.Content), "LogLevel oauth2:error\n"), strings.Count(string(f.Content), "AuthType oauth2\n"); told != 2 || doors != told {
			t.Errorf("%s: %d of %d Locations keep tokens out of the log, want 2 of 2", name, told, doors)
		}
	}
}

// TestModulesLogTokens asks the modules that are installed: which of them warn of a token without a scheme, and that they
// do not where they are told so.
func TestModulesLogTokens(t *testing.T) {
	for pack, m := range map[string]struct{ name, server, location string }{
		"libapache2-mod-auth-openidc": {"auth_openidc", "OIDCOAuthVerifyJwksUri https://issuer.example.org/keys\n", "AuthType oauth20\nRequire valid-user\n"},
		"libapache2-mod-oauth2":       {"oauth2", "", "AuthType oauth2\nRequire valid-user\nOAuth2TokenVerify jwks_uri https://issuer.example.org/keys\n"},
	} {
		for _, root := range labtest.HTTPDRoots() {
			version := labtest.PackageVersion(root, pack)
			switch {
			case version != "":
				t.Run(m.name+" "+version, func(t *testing.T) { expectLogged(t, root, version, m.name, m.server, m.location) })
			case root == "":
				labtest.Require(t, "not installed: apt-get install --no-install-recommends "+pack)
			}
		}
	}
}

func expectLogged(t *testing.T, root, version, module, server, location string) {
	t.Helper()
	httpd := labtest.StartEnviron(t, root, []string{module}, []labtest.EnvironSite{
		{Name: "as-it-is", Server: server, Location: location}, {Name: "told", Server: server, Location: location + "LogLevel " + module + ":error"}})
	warns := module == "oauth2" || platform.CompareVersions(version, "2.4.12.3") > 0
	for site, want := range map[string]bool{"as-it-is": warns, "told": false} {
		token := "canary-" + rand.Text()
		if status, _ := httpd.AskAs(t, site, token); status != http.StatusUnauthorized {
			t.Errorf("%s: status %d, want 401", site, status)
		}
		if got := strings.Contains(httpd.Log(), token); got != want {
			t.Errorf("%s: the token is in the log: %v, want %v\n%s", site, got, want, httpd.Log())
		}
	}
}
