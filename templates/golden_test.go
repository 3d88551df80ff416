package templates_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

var update = flag.Bool("update", false, "rewrite testdata/golden")

// bundles are descriptions whose whole output is kept in testdata/golden.
func bundles() map[string]*spec.Federation {
	small := federation("debian-12", provider("corp", realm(1)))
	large := federation("rhosp-17.1", provider("corp", realm(1)), provider("Odd_Id.2", "https://sso.example.org:8443/x/"))
	large.HTTPD.TLS = &spec.TLS{Certificate: text("/etc/pki/k.pem"), Key: text("/etc/pki/k.key")}
	large.HTTPD.CABundle = text("/etc/pki/ca.pem")
	large.HTTPD.Cache = spec.Cache{Type: text("memcache"), Servers: list("10.0.0.11:11211", "10.0.0.12:11211")}
	large.HTTPD.Listen = text("10.0.0.11:5000")
	large.Keystone.Dashboards = list("https://a.example.org/dashboard", "https://b.example.org")
	large.IdentityProviders[0].Bearer = spec.Bearer{Token: text("both"), Audience: text("keystone"), Clients: list("cli", "terraform")}
	large.IdentityProviders[1].Bearer.Token = text("id")
	verified := federation("debian-12", provider("corp", realm(1)), provider("partner", realm(2)))
	verified.HTTPD.Strategy = text("mod_oauth2")
	verified.IdentityProviders[1].Bearer.Token = text("both")
	for i := range verified.IdentityProviders { // as the loader does
		verified.IdentityProviders[i].Bearer.ListsAsJSON = true
	}
	asked := federation("debian-12", introspected(provider("corp", realm(1))), introspected(provider("partner", realm(2))))
	asked.HTTPD.Strategy = text("introspection")
	return map[string]*spec.Federation{"debian-12-one": small, "kolla-one": federation("kolla", provider("corp", realm(1))), "debian-12-mod_oauth2": verified, "debian-12-introspection": asked,
		"rhosp-17.1-two": large, "debian-12-without": unprotected(), "rhosp-17.1-list": chosen(), "debian-12-skipped": skipped(), "debian-13-oauth2": issuing()}
}

// unprotected has every protection switched off.
func unprotected() *spec.Federation {
	fed := federation("debian-12", provider("corp", realm(1)))
	fed.HTTPD.Strategy = text("gate")
	why := text("a reason that a golden file has")
	fed.HTTPD.Without = spec.Without{DenyByDefault: why, ClaimGuard: why, EnvironmentClaims: why, CookieFlags: why, NoRegistration: why}
	fed.IdentityProviders[0].Without = spec.ProviderWithout{PKCE: why, Issuer: why, Audience: why, Client: why, TLSVerification: why}
	return fed
}

// chosen lets people choose a provider on httpd's page, and keeps sessions in cookies.
func chosen() *spec.Federation {
	fed := federation("rhosp-17.1", provider("corp", realm(1)), provider("partner", realm(2)))
	fed.IdentityProviders[1].Protocol = text("mapped")
	fed.Browser = spec.Browser{GlobalWebSSO: text(spec.GlobalList), Logout: text(spec.LogoutEverywhere)}
	fed.HTTPD.Sessions = text(spec.SessionsInCookie)
	return fed
}

// skipped sends everybody to one provider, and keeps sessions in redis.
func skipped() *spec.Federation {
	fed := federation("debian-12", provider("corp", realm(1)), provider("partner", realm(2)))
	fed.Keystone.URL = text("https://keystone.example.org")
	fed.Browser = spec.Browser{FirstChoice: text("partner"), GlobalWebSSO: text("partner"), LoginPage: text(spec.LoginPageSkipped), Logout: text(spec.LogoutEverywhere)}
	fed.HTTPD.Cache = spec.Cache{Type: text("redis"), Servers: list("10.0.0.5:6379"), Password: spec.Secret{Env: text("REDIS")}}
	return fed
}

// issuing is a Keystone that issues access tokens, also for certificates.
func issuing() *spec.Federation {
	fed := federation("debian-13", provider("corp", realm(1)))
	fed.HTTPD.TLS = &spec.TLS{Certificate: text("/etc/ssl/k.pem"), Key: text("/etc/ssl/k.key")}
	fed.OAuth2 = &spec.OAuth2{Methods: list(spec.ClientSecretBasic, spec.TLSClientAuth), MTLS: &spec.MTLS{
		ClientCA: text("/etc/ssl/clients.pem"), Mapping: text("oauth2_mapping"), User: spec.CertificateUser{Name: text("CN"), Domain: text("O")}, Issuers: list("Clients CA")},
		Clients: []spec.OAuth2Client{{Name: text("backup"), Cloud: text("backup"), SecretFile: text("secrets/backup.env")}, {Name: text("edge"), User: text("4fd1")}}}
	return fed
}

// introspected is the provider with its tokens verified by asking.
func introspected(idp spec.IdentityProvider) spec.IdentityProvider {
	idp.Bearer.Verify = text(spec.VerifyByIntrospection)
	idp.Bearer.Introspection = spec.Introspection{Endpoint: text(idp.Issuer.Value + keycloak + "token/introspect"), Interval: spec.Number{Value: 60},
		Client: spec.Client{ID: text("asker"), Secret: spec.Secret{Env: text("CLIENT_" + idp.ID.Value)}}}
	return idp
}

func TestGolden(t *testing.T) {
	for name, fed := range bundles() {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join("testdata", "golden", name)
			b := mustRender(t, fed, inputs(fed))
			if *update {
				if err := os.RemoveAll(dir); err != nil {
					t.Fatal(err)
				}
			}
			compareFiles(t, dir, b)
		})
	}
}

// TestNewestModule pins what a module of 2.4.20 is given beyond older ones.
func TestNewestModule(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	fed.HTTPD.Strategy = text("gate")
	p, _ := platform.ByName("debian-12")
	p.Module = "2.4.20"
	in := inputs(fed)
	in.Platform = &p
	f, _ := mustRender(t, fed, in).File(p.Layout.Vhost)
	var got []string
	for line := range strings.Lines(string(f.Content)) {
		for _, name := range []string{"OIDCPassAccessToken", "OIDCDiscoverIssuersAllowed", "OIDCOAuthVerifyIssuer", "OIDCOAuthVerifyAudience"} {
			if strings.Contains(line, name) {
				got = append(got, strings.TrimSpace(line))
			}
		}
	}
	want := []string{
		"OIDCPassAccessToken Off", `OIDCDiscoverIssuersAllowed "^https://sso\\.example\\.org/realms/r1$"`,
		"OIDCPassAccessToken Off", "OIDCOAuthVerifyIssuer https://sso.example.org/realms/r1", "OIDCOAuthVerifyAudience keystone",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("directives (-want +got):\n%s", diff)
	}
}

func compareFiles(t *testing.T, dir string, b *templates.Bundle) {
	t.Helper()
	for _, f := range b.Files {
		golden := filepath.Join(dir, filepath.FromSlash(f.Path))
		if *update {
			write(t, golden, string(f.Content))
		}
		if diff := cmp.Diff(read(t, golden), string(f.Content)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Path, diff)
		}
	}
}
