package examples_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/templates"
)

// TestQuickstartByEveryStrategy: the whole loop and the whole matrix, by each
// strategy but the one that TestQuickstart has, on one Keystone.
func TestQuickstartByEveryStrategy(t *testing.T) {
	d := labtest.Quickstart(t)
	original := string(read(t, d.File))
	serve := func(t *testing.T, text string) {
		t.Helper()
		if err := os.WriteFile(d.File, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root, "--prune")
		d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
		d.Run(t, "apply")
	}
	t.Cleanup(func() { serve(t, original) })
	for _, s := range templates.Strategies() {
		if s.Name == "gate" {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			serve(t, byStrategy(original, s))
			var report probeReport
			if err := json.Unmarshal([]byte(d.Run(t, "probe", "--isolation", "--format", "json", "--quiet")), &report); err != nil {
				t.Fatal(err)
			}
			expectOwn(t, report)
			clean(t, command(t, d.Binary, "validate", d.Lab.Root))
			if s.Name == "introspection" {
				revoked(t, d)
			}
		})
	}
}

// byStrategy is the quickstart with another strategy: of one provider where that is
// the most, and with a client whose tokens are opaque where the issuer is asked.
func byStrategy(text string, s templates.Strategy) string {
	text = strings.Replace(text, "\nhttpd:\n", "\nhttpd:\n  strategy: "+s.Name+"\n", 1)
	if s.MaxIssuer == 1 {
		text = text[:strings.Index(text, "\n  partner:")] + "\n"
	}
	if s.Name == "introspection" {
		text = labtest.Asked(text)
		at := strings.Index(text, "\n  campus:")
		opaque := strings.NewReplacer("keystone-cli", "keystone-cli-opaque", "CAMPUS_CLI_", "CAMPUS_CLI_OPAQUE_",
			"{id: wiki,", "{id: wiki-opaque,", "CAMPUS_WIKI_", "CAMPUS_WIKI_OPAQUE_",
			"introspection: {", "introspection: {interval: 1, ",
			"grant: client_credentials\n", "grant: password\n      username: alice\n      password: {env: CAMPUS_ALICE_PASSWORD}\n")
		text = text[:at] + opaque.Replace(text[at:])
	}
	return text
}

// expectOwn wants every step passed, and 201 on the diagonal of the matrix alone.
func expectOwn(t *testing.T, report probeReport) {
	t.Helper()
	for _, idp := range report.IdentityProviders {
		if !idp.OK {
			t.Errorf("%s: %+v", idp.ID, idp.Steps)
		}
	}
	own := 0
	for _, c := range report.Isolation {
		if c.Verdict != "pass" || (c.Status == 201) != (c.Token == c.Path) {
			t.Errorf("cell %+v", c)
		}
		if c.Token == c.Path && c.Status == 201 {
			own++
		}
	}
	if own != 2*len(report.IdentityProviders) || len(report.Isolation) < 5*own {
		t.Errorf("%d cells, %d of them own, of %d providers", len(report.Isolation), own, len(report.IdentityProviders))
	}
}

// revoked: a token that its issuer has revoked is refused when the answer of before
// no longer counts.
func revoked(t *testing.T, d labtest.Deployment) {
	t.Helper()
	issuer := labtest.IssuerURL(t, d.Lab, "campus")
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := oidc.Discover(t.Context(), web, issuer)
	if err != nil {
		t.Fatal(err)
	}
	client := oidc.Client{ID: "keystone-cli-opaque", Secret: secret.New(labtest.Secret(t, d.Lab, "campus-keystone-cli-opaque"))}
	token, err := oidc.Password(t.Context(), web, doc, client, "alice", secret.New(labtest.Secret(t, d.Lab, "campus-user-alice")), []string{"openid", "profile", "groups"})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(token.Access.Reveal(), ".") == 2 {
		t.Error("the token is a JWT")
	}
	if got := exchanged(t, web, d, token.Access.Reveal()); got != http.StatusCreated {
		t.Errorf("before it is revoked: %d", got)
	}
	if err := oidc.Revoke(t.Context(), web, doc, client, token.Access); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2100 * time.Millisecond) // interval: 1, in whole seconds
	if got := exchanged(t, web, d, token.Access.Reveal()); got != http.StatusUnauthorized {
		t.Errorf("revoked: %d, want 401", got)
	}
}

func exchanged(t *testing.T, web *http.Client, d labtest.Deployment, token string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.Lab.KeystoneURL+"/v3/OS-FEDERATION/identity_providers/campus/protocols/openid/auth", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := web.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
