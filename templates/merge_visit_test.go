package templates_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// caller asks a Keystone what everybody asks.
type caller struct {
	client     *http.Client
	d          labtest.Deployment
	admin      string // the administrator's password
	token      string
	own, other string // identity providers: that of the token, and another one
}

// callerFor is one with a token of campus that the strategy takes.
func callerFor(t *testing.T, d labtest.Deployment, strategy string) caller {
	t.Helper()
	v := caller{client: labtest.Trusting(t, d.Lab), d: d, admin: labtest.Secret(t, d.Lab, "admin"), own: "campus", other: "nobody"}
	v.client.Timeout = 3 * time.Minute
	for _, issuer := range d.Lab.Issuers {
		if issuer.Name != v.own && strategy != "single" {
			v.other = issuer.Name
		}
	}
	if v.token = labtest.BearerToken(t, d.Lab, v.own); strategy == "introspection" {
		v.token = opaqueToken(t, d, v.own)
	}
	return v
}

// opaqueToken is one of a person, of which its issuer alone knows what it says.
func opaqueToken(t *testing.T, d labtest.Deployment, issuer string) string {
	t.Helper()
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := oidc.Discover(t.Context(), web, labtest.IssuerURL(t, d.Lab, issuer))
	if err != nil {
		t.Fatal(err)
	}
	client := oidc.Client{ID: "keystone-cli-opaque", Secret: secret.New(labtest.Secret(t, d.Lab, issuer+"-keystone-cli-opaque"))}
	tokens, err := oidc.Password(t.Context(), web, doc, client, "alice", secret.New(labtest.Secret(t, d.Lab, issuer+"-user-alice")), []string{"openid", "profile", "groups"})
	if err != nil {
		t.Fatal(err)
	}
	return tokens.Access.Reveal()
}

// password logs in as the administrator does, with or without federation.
func (v caller) password(t *testing.T, public string) {
	t.Helper()
	const body = `{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"admin","domain":{"id":"default"},"password":%q}}}}}`
	header := http.Header{"Content-Type": {"application/json"}}
	if status, _ := v.ask(t, "POST", public+"/v3/auth/tokens", fmt.Sprintf(body, v.admin), header); status != 201 {
		t.Errorf("a password: %d, want 201", status)
	}
}

// visit asks a Keystone with federation.
func (v caller) visit(t *testing.T, public string) {
	t.Helper()
	v.password(t, public)
	bearer := http.Header{"Authorization": {"Bearer " + v.token}}
	forged := http.Header{}
	for _, name := range []string{"OIDC-iss", "OIDC-sub", "OIDC-preferred_username", "OIDC_iss", "REMOTE_USER"} {
		forged[name] = []string{labtest.IssuerURL(t, v.d.Lab, v.own)}
	}
	page := http.Header{"Accept": {"text/html"}}
	const at = "/v3/OS-FEDERATION/identity_providers/%s/protocols/openid/auth"
	for _, c := range []struct {
		what, method, path string
		header             http.Header
		want               int
	}{
		{"a token at its own path", "POST", fmt.Sprintf(at, v.own), bearer, 201},
		{"a token at another's path", "POST", fmt.Sprintf(at, v.other), bearer, v.elsewhere()},
		{"no token", "POST", fmt.Sprintf(at, v.own), nil, 401},
		{"forged claims", "POST", fmt.Sprintf(at, v.own), forged, 401},
		{"forged claims on the way of browsers", "GET", "/v3/auth/OS-FEDERATION/websso/openid?origin=x", forged, 403},
		{"a path that nobody opened", "POST", fmt.Sprintf(at, "unopened"), bearer, 403},
		{"a browser", "GET", "/v3/auth/OS-FEDERATION/identity_providers/" + v.own + "/protocols/openid/websso", page, 302},
	} {
		status, location := v.ask(t, c.method, public+c.path, "", c.header)
		if status != c.want || status == 302 && !strings.HasPrefix(location, v.d.Lab.KeystoneURL+"/v3/OS-FEDERATION/redirect_uri?iss=") {
			t.Errorf("%s: %d %s, want %d", c.what, status, location, c.want)
		}
	}
}

// elsewhere is the answer at another's path: where there is one issuer alone, nobody's.
func (v caller) elsewhere() int {
	if v.other == "nobody" {
		return 403
	}
	return 401
}

func (v caller) ask(t *testing.T, method, url, body string, header http.Header) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		req.Header = header
	}
	req.Host = strings.TrimPrefix(v.d.Lab.KeystoneURL, "https://")
	resp, err := v.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode, resp.Header.Get("Location")
}
