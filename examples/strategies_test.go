package examples_test

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// TestQuickstartByEveryStrategy: the whole loop and the whole matrix, by what TestQuickstart does not have, on one
// Keystone. Without FEDSTONE_DEEP=1 that is introspection alone, to stay short.
func TestQuickstartByEveryStrategy(t *testing.T) {
	d := labtest.Quickstart(t)
	original := string(read(t, d.File))
	t.Cleanup(func() { described(t, d, original) })
	for _, w := range ways() {
		if !w.always && os.Getenv("FEDSTONE_DEEP") != "1" {
			continue
		}
		t.Run(w.name, func(t *testing.T) {
			described(t, d, w.describe(original))
			var report probeReport
			if err := json.Unmarshal([]byte(d.Run(t, "probe", "--isolation", "--format", "json", "--quiet")), &report); err != nil {
				t.Fatal(err)
			}
			expectOwn(t, report, w)
			clean(t, command(t, d.Binary, "validate", d.Lab.Root))
			if w.name == "introspection" {
				revoked(t, d)
			}
		})
	}
}

// described renders a description, puts it in place and applies it.
func described(t *testing.T, d labtest.Deployment, text string) {
	t.Helper()
	if err := os.WriteFile(d.File, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root, "--prune")
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	d.Run(t, "apply")
}

// way is a description of the quickstart's providers, and what its matrix has.
type way struct {
	name      string
	describe  func(string) string
	providers int
	cells     int
	both      bool // ID tokens are taken beside access tokens
	always    bool // in every run of the tests
}

func ways() []way {
	return []way{
		{name: "mod_oauth2", describe: byStrategy("mod_oauth2"), providers: 3, cells: 182},
		{name: "single", describe: func(text string) string { return byStrategy("single")(onlyFirst(text)) }, providers: 1, cells: 54},
		{name: "introspection", describe: func(text string) string { return opaque(labtest.Asked(byStrategy("introspection")(text))) }, providers: 3, cells: 140, always: true},
		{name: "gate, ID tokens", describe: ofKind("id"), providers: 3, cells: 184},
		{name: "gate, both kinds", describe: ofKind("both"), providers: 3, cells: 181, both: true},
	}
}

// byStrategy names it.
func byStrategy(name string) func(string) string {
	return func(text string) string {
		return strings.Replace(text, "\nhttpd:\n", "\nhttpd:\n  strategy: "+name+"\n", 1)
	}
}

// onlyFirst leaves the providers after the first out.
func onlyFirst(text string) string { return text[:strings.Index(text, "\n  partner:")] + "\n" }

// opaque has campus give opaque tokens, about which its answers count for a second.
func opaque(text string) string {
	at := strings.Index(text, "\n  campus:")
	return text[:at] + strings.NewReplacer("keystone-cli", "keystone-cli-opaque", "CAMPUS_CLI_", "CAMPUS_CLI_OPAQUE_",
		"{id: wiki,", "{id: wiki-opaque,", "CAMPUS_WIKI_", "CAMPUS_WIKI_OPAQUE_",
		"introspection: {", "introspection: {interval: 1, ",
		"grant: client_credentials\n", "grant: password\n      username: alice\n      password: {env: CAMPUS_ALICE_PASSWORD}\n").Replace(text[at:])
}

// ofKind takes that kind of tokens, which people bring: a client's own account has no ID token.
func ofKind(kind string) func(string) string {
	service := regexp.MustCompile(`( +)grant: client_credentials(\n +client: \{id: keystone-cli, secret: \{env: (\w+)_CLI_SECRET\}\}\n)`)
	return func(text string) string {
		text = service.ReplaceAllString(text, "${1}scopes: [openid, profile, email, groups]\n${1}grant: password${2}${1}username: alice\n${1}password: {env: ${3}_ALICE_PASSWORD}\n")
		return strings.ReplaceAll(text, "bearer: {", "bearer: {token: "+kind+", ")
	}
}

// expectOwn wants every step passed, 201 for a provider's own tokens at its path alone, and every cell there.
func expectOwn(t *testing.T, report probeReport, w way) {
	t.Helper()
	for _, idp := range report.IdentityProviders {
		if !idp.OK {
			t.Errorf("%s: %+v", idp.ID, idp.Steps)
		}
	}
	own := 0
	for _, c := range report.Isolation {
		mine := c.Token == c.Path || w.both && c.Token == c.Path+"/id-token"
		if c.Verdict != "pass" || (c.Status == 201) != mine {
			t.Errorf("cell %+v", c)
		}
		if c.Token == c.Path && c.Status == 201 {
			own++
		}
	}
	if len(report.IdentityProviders) != w.providers || own != 2*w.providers || len(report.Isolation) != w.cells {
		t.Errorf("%d providers, %d cells, %d of them own; want %d, %d, %d", len(report.IdentityProviders), len(report.Isolation), own, w.providers, w.cells, 2*w.providers)
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
