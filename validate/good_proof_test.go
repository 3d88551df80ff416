package validate_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// goodTree says how a tree answers. Prefix is where Keystone is mounted; Bearer and
// Browser are the issuers by identity provider, Global the one of the websso path
// that names none. Claims is what the names of its claims begin with in Keystone.
type goodTree struct {
	port            int
	elsewhere       bool // browsers know another port, of a proxy in front
	prefix          string
	protocol        string
	bearer, browser map[string]string
	global          string
	claims          string
	header          map[string]string // what a proxy in front says
}

func goodTrees() map[string]goodTree {
	const op1, op2 = "https://op1.example.org", "https://op2.example.org"
	one := func(idp, issuer string) map[string]string { return map[string]string{idp: issuer} }
	https := map[string]string{"X-Forwarded-Proto": "https"}
	return map[string]goodTree{
		"ansible":  {bearer: one("keycloak", op1), browser: one("keycloak", op1), global: op1, header: https},
		"both":     {bearer: one("op1", op1), browser: one("op1", op1)},
		"charm":    {port: 4990, elsewhere: true, bearer: one("openid", op1), browser: one("openid", op1)},
		"debian":   {browser: map[string]string{"op1": op1, "op2": op2, "students": op2 + "/realms/students"}},
		"devstack": {port: 443, prefix: "/identity", bearer: one("sso", op1+"/realms/master"), browser: one("sso", op1+"/realms/master"), global: op1 + "/realms/master"},
		"egi":      {bearer: one("egi.eu", op1+"/auth/realms/egi"), browser: one("egi.eu", op1+"/auth/realms/egi"), global: op1 + "/auth/realms/egi"},
		"headers":  {protocol: "mapped", bearer: one("op2", op2), browser: one("op2", op2), claims: "HTTP_OIDC_", header: https},
		"helm":     {bearer: one("helm", op1+"/realms/helm")},
		"kolla":    {bearer: one("keycloak", op1), browser: one("keycloak", op1), header: https},
		"macro":    {bearer: map[string]string{"op1": op1, "op2": op2}, browser: map[string]string{"op1": op1, "op2": op2}},
		"oauth2":   {bearer: map[string]string{"op1": op1, "op2": op2}},
		"operator": {elsewhere: true, bearer: one("rhoso", op2+"/realms/rhoso"), browser: one("rhoso", op2+"/realms/rhoso"), global: op2 + "/realms/rhoso"},
		"puppet":   {bearer: one("staff", op1+"/realms/staff"), browser: one("staff", op1+"/realms/staff"), global: op1 + "/realms/staff"},
		"switches": {bearer: one("corp", op1+"/realms/corp"), browser: one("corp", op1+"/realms/corp")},
	}
}

// TestGoodTreesAnswer starts every good tree on the real programs: a token of the
// right issuer and a login come through with their claims, and nothing else does.
func TestGoodTreesAnswer(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir("testdata/good")
	if err != nil || len(entries) != len(goodTrees()) {
		t.Fatalf("%d trees (%v), and answers of %d", len(entries), err, len(goodTrees()))
	}
	// Like Keycloak, the issuers say for whom an ID token is in azp, too.
	named := prove.Issuers{IDToken: func(_ string, claims prove.Claims) { claims["azp"] = claims["aud"] }}
	for name, tree := range goodTrees() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree.answers(t, prove.Start(t, filepath.Join("testdata/good", name), prove.WithIssuers(named)))
		})
	}
}

func (g goodTree) answers(t *testing.T, site *prove.Site) {
	for idp, issuer := range g.bearer {
		g.exchanges(t, site, idp, issuer)
	}
	for idp, issuer := range g.browser {
		g.sends(t, site, g.browserPath(idp), issuer)
	}
	if g.global != "" {
		g.sends(t, site, g.prefix+"/v3/auth/OS-FEDERATION/websso/openid", g.global)
	}
	g.keepsClosed(t, site)
}

// exchanges: a token of the issuer is good, no other and none is.
func (g goodTree) exchanges(t *testing.T, site *prove.Site, idp, issuer string) {
	path := g.bearerPath(idp)
	got := site.Ask(t, g.ask("POST", path, site.Token(t, issuer)))
	if got.Status != 201 || got.Env[g.name("iss")] != issuer || got.Env[g.name("sub")] != "user-alice" {
		t.Errorf("%s, a token of %s: %d %q, want 201 and its claims", path, issuer, got.Status, got.Names("OIDC-"))
	}
	g.notForged(t, path, got)
	for what, token := range map[string]string{
		"no token":                 "",
		"a token of another":       site.Token(t, "https://op2.example.org/another"),
		"a token for another":      site.Token(t, issuer, prove.Claims{"aud": "wiki"}),
		"a token of a foreign key": site.Token(t, issuer, prove.SignedBy("https://op2.example.org/another")),
	} {
		if got := site.Ask(t, g.ask("POST", path, token)); got.Status != 401 || got.Env != nil {
			t.Errorf("%s, %s: %d, want 401 of httpd", path, what, got.Status)
		}
	}
}

// sends: a browser is sent to the issuer, or to the redirect URI with it, and comes
// back with its claims.
func (g goodTree) sends(t *testing.T, site *prove.Site, path, issuer string) {
	got := site.Ask(t, g.ask("GET", path+"?origin=https%3A%2F%2Fdashboard.example.org%2F", ""))
	to, err := url.Parse(got.Header.Get("Location"))
	if err != nil || got.Status != 302 || got.Env != nil {
		t.Fatalf("%s: %d %v, want 302", path, got.Status, got.Header)
	}
	if to.Query().Get("iss") != issuer && !strings.HasPrefix(to.String(), issuer+"/") {
		t.Errorf("%s: browsers are sent to %s, want %s", path, to, issuer)
	}
	if g.elsewhere {
		return
	}
	back, trace := site.Login(t, path, issuer, "alice")
	if back.Status != 200 || back.Env[g.name("iss")] != issuer {
		t.Errorf("%s, a login at %s: %d %q\n%s", path, issuer, back.Status, back.Names("OIDC-"), trace)
	}
}

// keepsClosed: paths of the federation that no section opens end at httpd.
func (g goodTree) keepsClosed(t *testing.T, site *prove.Site) {
	token := ""
	for _, issuer := range g.bearer {
		token = site.Token(t, issuer)
	}
	for _, path := range []string{g.bearerPath("other"), g.browserPath("other"), strings.ToUpper(g.bearerPath("other")), g.prefix + "/v3/auth/OS-FEDERATION/websso/other"} {
		if got := site.Ask(t, g.ask("GET", path, token)); got.Env != nil || got.Status < 400 {
			t.Errorf("%s is open: %d", path, got.Status)
		}
	}
	got := site.Ask(t, g.ask("GET", g.prefix+"/v3", ""))
	if got.Status != 200 || got.Env == nil {
		t.Errorf("%s/v3: %d, want Keystone", g.prefix, got.Status)
	}
	g.notForged(t, g.prefix+"/v3", got)
}

// notForged: where Keystone looks for a claim, it never finds one of the client's.
func (g goodTree) notForged(t *testing.T, path string, got prove.Answer) {
	for _, claim := range []string{"iss", "sub", "groups"} {
		if value := got.Env[g.name(claim)]; strings.Contains(value, "forged") {
			t.Errorf("%s: %s is %s", path, g.name(claim), value)
		}
	}
}

func (g goodTree) bearerPath(idp string) string {
	return g.prefix + "/v3/OS-FEDERATION/identity_providers/" + idp + "/protocols/" + g.protocolName() + "/auth"
}

func (g goodTree) browserPath(idp string) string {
	return g.prefix + "/v3/auth/OS-FEDERATION/identity_providers/" + idp + "/protocols/" + g.protocolName() + "/websso"
}

func (g goodTree) protocolName() string {
	if g.protocol != "" {
		return g.protocol
	}
	return "openid"
}

// name gives a claim's name in Keystone's environment.
func (g goodTree) name(claim string) string {
	if g.claims != "" {
		return g.claims + strings.ToUpper(claim)
	}
	return "OIDC-" + claim
}

// ask is a request of a browser or, at other paths, a program, with claims of the
// client's own.
func (g goodTree) ask(method, path, token string) prove.Ask {
	header := map[string]string{
		"OIDC-iss": "https://forged.example.org", "OIDC_iss": "https://forged.example.org", "OIDC-sub": "forged", "OIDC-groups": "forged",
		"Accept": "application/json",
	}
	if strings.HasPrefix(path, g.prefix+"/v3/auth/") {
		header["Accept"] = "text/html"
	}
	for k, v := range g.header {
		header[k] = v
	}
	return prove.Ask{Method: method, Port: g.port, Path: path, Bearer: token, Header: header}
}
