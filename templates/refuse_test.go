package templates_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// TestHostileValues: what the loader would refuse does not get through here
// either. Each is an error or is carried as it is; it never becomes a directive.
func TestHostileValues(t *testing.T) {
	hostile := []string{
		"x\nRequire all granted", "x\"\nLoadModule", `x" Require`, "x\\", "${HOME}", "%{ENV:HOME}", "</Location>", "# x", "x\x00", "x\x7f",
		"a b", "'a'", `\"`, "@@0@@", "@@each:gate@@", "{{.Issuer}}", "}}", "x\u202e", "\xff", " x ", "$x", "'''", "]",
	}
	spots := map[string]func(*spec.Federation, string){
		"audience":     func(f *spec.Federation, v string) { f.IdentityProviders[0].Bearer.Audience = text(v) },
		"client":       func(f *spec.Federation, v string) { f.IdentityProviders[0].Bearer.Clients = list(v) },
		"claim":        func(f *spec.Federation, v string) { f.IdentityProviders[0].Bearer.ClientClaim = text(v) },
		"id":           func(f *spec.Federation, v string) { f.IdentityProviders[0].ID = text(v) },
		"display name": func(f *spec.Federation, v string) { f.IdentityProviders[0].DisplayName = text(v) },
		"scope":        func(f *spec.Federation, v string) { f.IdentityProviders[0].Scopes = list(v) },
		"dashboard":    func(f *spec.Federation, v string) { f.Keystone.Dashboards = list(v) },
		"ca bundle":    func(f *spec.Federation, v string) { f.HTTPD.CABundle = text(v) },
		"listen":       func(f *spec.Federation, v string) { f.HTTPD.Listen = text(v) },
		"domain":       func(f *spec.Federation, v string) { f.IdentityProviders[0].Domain = text(v) },
		"user domain": func(f *spec.Federation, v string) {
			ruleOf(f).User.Domain = spec.Domain{Name: text("{env(" + v + ")}")}
		},
		"user type": func(f *spec.Federation, v string) { ruleOf(f).User.Type = text(v) },
		"groups in": func(f *spec.Federation, v string) { ruleOf(f).GroupsIn = spec.Domain{ID: text(v)} },
		"group": func(f *spec.Federation, v string) {
			ruleOf(f).Groups = []spec.RuleGroup{{ID: text(v)}, {Name: text(v)}}
		},
		"expression": func(f *spec.Federation, v string) {
			ruleOf(f).Filters[0].Values, ruleOf(f).Filters[0].Matches = list(v), true
		},
		"variable": func(f *spec.Federation, v string) { ruleOf(f).User.Name = text("{env(" + v + ")}") },
	}
	sound := federation("debian-12", provider("corp", realm(1)))
	lines := commands(mustRender(t, sound, inputs(sound)))
	for spot, put := range spots {
		for _, v := range hostile {
			fed := federation("debian-12", provider("corp", realm(1)))
			put(fed, v)
			in := inputs(fed)
			b, findings, err := templates.Render(fed, in)
			if err != nil || findings.HasErrors() || b.Verify() != nil {
				continue
			}
			if got := commands(b); got != lines {
				t.Errorf("%s %q changes the directives:\n%s", spot, v, got)
			}
		}
	}
}

func ruleOf(f *spec.Federation) *spec.Rule { return &f.IdentityProviders[0].Rules[0] }

// TestHeaderGuard: headers that look like claims are taken away, whatever a rule
// reads them for. Variables that are no claims come from no header.
func TestHeaderGuard(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	r := ruleOf(fed)
	r.GroupIDs, r.User.Domain = text("{gids}"), spec.Domain{ID: text("{tenant}")}
	r.Filters = append(r.Filters, spec.Filter{Claim: text("gids"), Matches: true, Values: list("^0")})
	r.When = []spec.Condition{{Claim: text("env(REMOTE_USER)"), Op: spec.Matches, Values: list("^a")}}
	var guarded []string
	for _, f := range mustRender(t, fed, inputs(fed)).Files {
		for line := range strings.Lines(string(f.Content)) {
			if name, is := strings.CutPrefix(strings.TrimSpace(line), "RequestHeader unset "); is && f.Kind == templates.HTTPD && strings.Contains(name, "OIDC-") {
				guarded = append(guarded, strings.Fields(name)[0])
			}
		}
	}
	slices.Sort(guarded)
	want := []string{"OIDC-gids", "OIDC-groups", "OIDC-iss", "OIDC-preferred-username", "OIDC-sub", "OIDC-tenant"}
	if diff := cmp.Diff(want, slices.Compact(guarded)); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}

// commands gives the first word of every line of the vhost file, which no value
// may change.
func commands(b *templates.Bundle) string {
	var out []string
	for _, f := range b.Files {
		if f.Kind != templates.HTTPD {
			continue
		}
		for line := range strings.Lines(string(f.Content)) {
			word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			out = append(out, word)
		}
	}
	return strings.Join(out, "\n")
}

func TestSecretsThatAreCommands(t *testing.T) {
	fed := federation("debian-12", provider("corp", realm(1)))
	in := inputs(fed)
	in.Secrets = func(spec.Secret) (secret.Value, error) { return secret.New("exec:/bin/canary"), nil }
	if _, _, err := templates.Render(fed, in); err == nil || !strings.Contains(err.Error(), "exec:") || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v, want an error about exec: that does not repeat the secret", err)
	}
}

// TestPassphrases: every vhost has its own, and none is the one that was given.
func TestPassphrases(t *testing.T) {
	fed := federation("debian-12", provider("a", realm(1)), provider("b", realm(2)))
	seen := map[string]bool{}
	for _, f := range mustRender(t, fed, inputs(fed)).Files {
		if strings.Contains(string(f.Content), "canary-of-passphrase") {
			t.Errorf("%s holds the passphrase itself", f.Path)
		}
		for line := range strings.Lines(string(f.Content)) {
			if value, ok := strings.CutPrefix(strings.TrimSpace(line), "OIDCCryptoPassphrase "); ok {
				seen[value] = true
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d different passphrases, want 3", len(seen))
	}
}

// TestSecretsStayInTheirFiles: no other file than those marked holds a secret.
func TestSecretsStayInTheirFiles(t *testing.T) {
	fed := federation("debian-12", provider("a", realm(1)))
	for _, f := range mustRender(t, fed, inputs(fed)).Files {
		holds := strings.Contains(string(f.Content), "canary-of")
		if holds && (!f.Secret || f.Mode&0o007 != 0) {
			t.Errorf("%s holds a secret: marked %v, mode %04o", f.Path, f.Secret, f.Mode)
		}
	}
}

func TestProviderCannotRegister(t *testing.T) {
	fed := federation("debian-12", provider("a", realm(1)))
	f, ok := mustRender(t, fed, inputs(fed)).File("/etc/apache2/oidc/sso.example.org%2Frealms%2Fr1.provider")
	var members map[string]any
	if err := json.Unmarshal(f.Content, &members); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if members["registration_endpoint"] != nil || members["issuer"] != realm(1) {
		t.Errorf("provider: %v", members)
	}
}

// TestLogoutIssuer: an issuer that cannot end its session is told of, and rendered.
func TestLogoutIssuer(t *testing.T) {
	fed := federation("debian-12", provider("a", realm(1)))
	fed.Browser.Logout = text(spec.LogoutEverywhere)
	in := inputs(fed)
	b, findings, err := templates.Render(fed, in)
	if err != nil || b == nil || len(findings) != 1 || findings[0].Slug != "logout-issuer" {
		t.Errorf("got %v, %v; want logout-issuer", findings, err)
	}
	in.Documents["a"].EndSessionEndpoint = realm(1) + "/logout"
	if _, findings, err = templates.Render(fed, in); err != nil || len(findings) > 0 {
		t.Errorf("got %v, %v; want none", findings, err)
	}
}

func TestTwins(t *testing.T) {
	fed := federation("debian-12", provider("a", "https://x.example/r"), provider("b", "https://x.example/r/"))
	_, findings, err := templates.Render(fed, inputs(fed))
	if err != nil || len(findings) != 1 || findings[0].Slug != "metadata-name" {
		t.Errorf("got %v, %v; want metadata-name", findings, err)
	}
}
