package lab

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"testing"
)

// need skips a test whose programs are missing; where the lab is required it fails instead.
func need(t *testing.T, n ...Need) {
	t.Helper()
	missing := Missing(n)
	if err := requireRoot(); err != nil {
		missing = append(missing, err.Error())
	}
	switch {
	case len(missing) == 0:
	case os.Getenv("FEDSTONE_REQUIRE_LAB") == "1":
		t.Fatalf("the lab is required, and this is missing:\n%s", strings.Join(missing, "\n"))
	default:
		t.Skipf("the real programs are missing:\n%s", strings.Join(missing, "\n"))
	}
}

// freeBlock finds a block of ports for these options.
func freeBlock(t *testing.T, o Options) int {
	t.Helper()
	for range 50 {
		o.BasePort = 20000 + rand.IntN(10000)
		if checkPorts(&o) == nil {
			return o.BasePort
		}
	}
	t.Fatal("no free block of ports in 50 tries")
	return 0
}

// openDir is a folder that other users may enter, which t.TempDir is not.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "fedstone-lab-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// testOutput writes progress to the test's log.
type testOutput struct{ t *testing.T }

func (o testOutput) Write(line []byte) (int, error) {
	o.t.Log(strings.TrimSpace(string(line)))
	return len(line), nil
}

// up brings a lab up in a folder of its own; it ends with the test.
func up(t *testing.T, o Options) *Lab {
	t.Helper()
	need(t, o.needs()...)
	o.Dir, o.BasePort, o.Progress = openDir(t), freeBlock(t, o), testOutput{t}
	l, err := Up(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Down(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return l
}

func (l *Lab) mustSecret(t *testing.T, name string) string {
	t.Helper()
	value, err := l.secret(name)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func mustClient(t *testing.T, l *Lab) *http.Client {
	t.Helper()
	c, err := l.client()
	if err != nil {
		t.Fatal(err)
	}
	c.Jar, _ = cookiejar.New(nil)
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// send sends a request and returns the status and body.
func send(t *testing.T, c *http.Client, req *http.Request) (int, http.Header, []byte) {
	t.Helper()
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, body
}

func getJSON(t *testing.T, c *http.Client, address string) map[string]any {
	t.Helper()
	req, _ := http.NewRequest(http.MethodGet, address, nil)
	status, _, body := send(t, c, req)
	got := map[string]any{}
	if err := json.Unmarshal(body, &got); err != nil || status != 200 {
		t.Fatalf("GET %s: %d %s", address, status, body)
	}
	return got
}

// adminLogin is Keystone's answer to the administrator's password.
func adminLogin(t *testing.T, l *Lab) int {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"auth": map[string]any{"identity": map[string]any{"methods": []string{"password"}, "password": map[string]any{
		"user": map[string]any{"name": "admin", "domain": map[string]any{"name": "Default"}, "password": l.mustSecret(t, "admin")}}}}})
	req, _ := http.NewRequest(http.MethodPost, l.KeystoneURL+"/v3/auth/tokens", bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	status, _, _ := send(t, mustClient(t, l), req)
	return status
}

// grant asks an issuer's token endpoint as a client, with its answer.
func grant(t *testing.T, l *Lab, issuer Issuer, client string, form url.Values) (int, map[string]any) {
	t.Helper()
	return askAs(t, l, issuer, client, "token_endpoint", form)
}

// askAs posts a form to the endpoint that the issuer's document has there, as a client with a secret.
func askAs(t *testing.T, l *Lab, issuer Issuer, client, where string, form url.Values) (int, map[string]any) {
	t.Helper()
	c := mustClient(t, l)
	endpoint := getJSON(t, c, issuer.URL+"/.well-known/openid-configuration")[where].(string)
	req, _ := http.NewRequest(http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(client, l.mustSecret(t, issuer.Name+"-"+client))
	status, _, body := send(t, c, req)
	got := map[string]any{}
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatalf("%s: %d %s", endpoint, status, body)
	}
	return status, got
}

// claims are a JWT's, not verified.
func claims(t *testing.T, token any) map[string]any {
	t.Helper()
	text, _ := token.(string)
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		t.Fatalf("not a JWT but of %d parts", len(parts))
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// pick keeps the claims that want names.
func pick(got, want map[string]any) map[string]any {
	kept := map[string]any{}
	for name := range want {
		if value, ok := got[name]; ok {
			kept[name] = value
		}
	}
	return kept
}
