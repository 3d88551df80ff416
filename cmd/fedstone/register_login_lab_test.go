package main

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestRegisterOnLab registers at Keycloak and at the light provider, goes through all
// that can become of a registration, and logs in with the clients that were made.
func TestRegisterOnLab(t *testing.T) {
	r := newRegistered(t)
	before := r.text(t, "federation.yaml")
	r.documented(t, "plan", r.register(t, 1, "--plan", "+ relying party corp/registered: ", "+ command line campus/registered-cli: ", "4 to create"))
	r.register(t, 0, "", "4 to create, 0 to update, 0 unchanged")
	r.register(t, 0, "--plan", "0 to create, 0 to update, 4 unchanged")
	r.documented(t, "ids", changedLines(before, r.text(t, "federation.yaml")))
	r.holdPrivate(t)
	t.Run("login", r.login)
	t.Run("changed", r.changed)
	t.Run("drifted", r.drifted)
	t.Run("rotated", r.rotated)
	t.Run("killed", r.killed)
	t.Run("deleted", r.deleted)
	t.Run("policies", r.policies)
}

// holdPrivate wants every file with a secret to be nobody else's.
func (r registered) holdPrivate(t *testing.T) {
	t.Helper()
	for _, name := range []string{"secrets/corp", "secrets/corp-cli", "secrets/campus", "secrets/campus-cli", "registrations/corp.json", "registrations/campus.json"} {
		info, err := os.Stat(filepath.Join(filepath.Dir(r.File), name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// login deploys the description with the new clients, and lets a program and a person in.
func (r registered) login(t *testing.T) {
	tokens := r.watchDashboard(t)
	// What is left of this, the next Quickstart mends.
	r.Run(t, "render", "-o", r.Lab.Root, "--prefix", r.Lab.Root)
	r.Run(t, "lab", "reload", "--dir", r.Lab.Dir)
	r.Run(t, "apply")
	for idp, user := range map[string]string{"corp": "alice", "campus": "bob"} {
		r.token(t, "--idp", idp)
		address := r.Lab.KeystoneURL + "/v3/auth/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid/websso?origin=" + r.dashboard(t) + "/auth/websso/"
		page := labtest.NewPerson(t, r.Lab, idp, user).Open(t, address)
		select {
		case token := <-tokens:
			if !strings.HasPrefix(token, "gAAAA") {
				t.Errorf("%s: the dashboard was given no token", idp)
			}
		default:
			t.Errorf("%s: %s did not come to the dashboard:\n%s", idp, user, page)
		}
	}
}

// watchDashboard puts a page in the dashboard's place that takes tokens, as Horizon's
// /auth/websso/ does.
func (r registered) watchDashboard(t *testing.T) <-chan string {
	t.Helper()
	certificate, err := tls.LoadX509KeyPair(r.Lab.CertFile, r.Lab.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	tokens := make(chan string, 1)
	page := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, asked *http.Request) { tokens <- asked.PostFormValue("token") }))
	page.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	page.StartTLS()
	t.Cleanup(page.Close)
	r.edit(t, r.dashboard(t), strings.Replace(page.URL, "127.0.0.1", "localhost", 1))
	return tokens
}
