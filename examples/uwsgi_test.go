package examples_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// TestKeystoneInUWSGI: where httpd hands requests on to a uwsgi, claims still reach
// Keystone as variables of the request, which no header can make, and the whole
// matrix of tokens and paths is as it is where httpd runs Keystone itself.
func TestKeystoneInUWSGI(t *testing.T) {
	d := labtest.Quickstart(t)
	address := "127.0.0.1:" + labtest.FreePort(t)
	behindUWSGI(t, d, address)
	stop := labtest.KeystoneInUWSGI(t, d.Lab, address)
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	t.Run("matrix", func(t *testing.T) {
		var report probeReport
		if err := json.Unmarshal([]byte(d.Run(t, "probe", "--isolation", "--format", "json", "--quiet")), &report); err != nil {
			t.Fatal(err)
		}
		if !report.OK || len(report.Isolation) == 0 {
			t.Errorf("ok %v, %d cells", report.OK, len(report.Isolation))
		}
		expectIsolated(t, report.Isolation)
	})
	stop()
	t.Run("environment", func(t *testing.T) {
		labtest.EnvironInUWSGI(t, address)
		expectEnvironment(t, d)
	})
}

// behindUWSGI says in the description where Keystone's uwsgi is. After the test httpd
// runs Keystone again.
func behindUWSGI(t *testing.T, d labtest.Deployment, address string) {
	t.Helper()
	text, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	describe(t, d, strings.Replace(string(text), "\nhttpd:\n", "\nhttpd:\n  uwsgi: "+address+"\n", 1))
	t.Cleanup(func() {
		describe(t, d, string(text))
		d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	})
}

// describe renders another description of the lab's deployment.
func describe(t *testing.T, d labtest.Deployment, text string) {
	t.Helper()
	if err := os.WriteFile(d.File, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
}

// expectEnvironment asks with a sound token and with headers that look like claims.
func expectEnvironment(t *testing.T, d labtest.Deployment) {
	t.Helper()
	issuer := d.Lab.Issuers[len(d.Lab.Issuers)-1]
	environ := uwsgiEnvironment(t, d.Lab, issuer, http.Header{
		"OIDC-iss": {"https://forged.example"}, "OIDC_iss": {"https://forged.example"}, "Oidc_preferred_username": {"root"},
		"OIDC-preferred_username": {"root"}, "REMOTE_USER": {"root"}, "OIDC-evil": {"root"},
	})
	if got := environ["OIDC-iss"]; got != issuer.URL {
		t.Errorf("OIDC-iss is %q, want %q: %v", got, issuer.URL, slices.Sorted(maps.Keys(environ)))
	}
	for name, value := range environ {
		if strings.Contains(value, "forged") || value == "root" && !strings.HasPrefix(name, "HTTP_") {
			t.Errorf("a header became the variable %s", name)
		}
	}
	if _, there := environ["HTTP_AUTHORIZATION"]; there {
		t.Error("the token reaches the application")
	}
}

// uwsgiEnvironment logs in at the issuer's door and gives what reaches the application.
func uwsgiEnvironment(t *testing.T, l *lab.Lab, issuer lab.Issuer, forged http.Header) map[string]string {
	t.Helper()
	web, err := oidc.NewHTTPClient(l.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.KeystoneURL+"/v3/OS-FEDERATION/identity_providers/"+issuer.Name+"/protocols/openid/auth", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range forged { // as they are: Go would change their case
		req.Header[name] = values
	}
	req.Header.Set("Authorization", "Bearer "+accessToken(t, web, l, issuer))
	answer, err := web.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	environ := map[string]string{}
	if err := json.NewDecoder(answer.Body).Decode(&environ); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s, %v", answer.Status, err)
	}
	return environ
}

// accessToken is one that the issuer gives to the quickstart's client.
func accessToken(t *testing.T, web *http.Client, l *lab.Lab, issuer lab.Issuer) string {
	t.Helper()
	doc, err := oidc.Discover(t.Context(), web, issuer.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := oidc.Client{ID: "keystone-cli", Secret: secret.New(labtest.Secret(t, l, issuer.Name+"-keystone-cli"))}
	tokens, err := oidc.ClientCredentials(t.Context(), web, doc, client, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tokens.Access.Reveal()
}
