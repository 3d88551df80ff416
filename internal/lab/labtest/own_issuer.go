package labtest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
)

// OwnIssuer is a light OpenID Provider of the test's own, beside the lab's: it may be
// given other keys while other tests go on. Its client cloud-cli logs alice in by
// password; both have the same secret.
type OwnIssuer struct {
	URL    string
	Secret string

	lab      *lab.Lab
	settings string
	running  *exec.Cmd
}

// StartIssuer starts one that ends with the test.
func StartIssuer(t testing.TB, l *lab.Lab) *OwnIssuer {
	t.Helper()
	const secret = "own-issuer-secret-canary"
	port := FreePort(t)
	number, _ := strconv.Atoi(port)
	o := &OwnIssuer{URL: "https://localhost:" + port, Secret: secret, lab: l, settings: filepath.Join(t.TempDir(), "settings.json")}
	text, err := json.Marshal(map[string]any{
		"issuer": o.URL, "port": number, "key": l.KeyFile, "cert": l.CertFile, "admin": secret, "registrar": secret,
		"people": []map[string]any{{"name": "alice", "password": secret, "groups": []string{"cloud-users"}}},
		"clients": []map[string]any{{"id": "cloud-cli", "method": "client_secret_basic", "secret": secret, "grants": []string{"password", "refresh_token"}, "redirects": []string{},
			"audience": "keystone", "format": "jwt", "seconds": 300, "named": "cloud-cli", "groups": []string{}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.settings, text, 0o600); err != nil {
		t.Fatal(err)
	}
	o.start(t)
	t.Cleanup(o.stop)
	return o
}

// Rotate gives it another signing key, and no longer the one that it had: it makes its
// key when it starts.
func (o *OwnIssuer) Rotate(t testing.TB) {
	t.Helper()
	o.stop()
	o.start(t)
}

func (o *OwnIssuer) start(t testing.TB) {
	t.Helper()
	program, err := lab.LightProgram(t.Context())
	if err != nil {
		Require(t, "no light OpenID Provider here: "+err.Error())
	}
	o.running = exec.Command(program[0], append(program[1:], o.settings)...)
	log := filepath.Join(t.TempDir(), "issuer.log")
	startLogged(t, o.running, log)
	web := Trusting(t, o.lab)
	for range 600 {
		resp, err := web.Get(o.URL + "/.well-known/openid-configuration")
		if err == nil {
			resp.Body.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	text, _ := os.ReadFile(log)
	t.Fatalf("the issuer does not answer:\n%s", text)
}

func (o *OwnIssuer) stop() {
	_ = o.running.Process.Kill()
	_ = o.running.Wait()
}
