package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
)

const described = `version: 1
keystone: {url: https://keystone.example.org:5000}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    client: {id: keystone, secret: {env: CORP_CLIENT_SECRET}}
    rules:
      - user: {name: "{preferred_username}"}
        groups: "{groups}"
        only: {groups: [readers]}
    groups:
      readers: [{project: demo, roles: [reader]}]
`

// applying is a description on disk and a Keystone in memory to apply it to.
type applying struct {
	t      *testing.T
	server *keystonetest.Server
	file   string
}

func newApplying(t *testing.T) applying {
	for _, line := range os.Environ() { // no credentials of the tester's
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "OS_") {
			t.Setenv(name, "")
		}
	}
	server := keystonetest.New(t)
	for name, value := range server.Env() {
		t.Setenv(name, value)
	}
	a := applying{t, server, filepath.Join(t.TempDir(), "federation.yaml")}
	a.describe(described)
	return a
}

func (a applying) describe(yaml string) {
	if err := os.WriteFile(a.file, []byte(yaml), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// run applies and checks status, and that no token outlives the run and no secret
// is shown.
func (a applying) run(ctx context.Context, status int, args ...string) (stdout, stderr string) {
	a.t.Helper()
	var out, errOut bytes.Buffer
	args = append([]string{"fedstone", "apply", "-f", a.file}, args...)
	if got := run(ctx, args, strings.NewReader(""), &out, &errOut); got != status {
		a.t.Errorf("%q: exit status %d, want %d\n%s%s", args, got, status, &out, &errOut)
	}
	if n := a.server.ValidTokens(); n != 0 {
		a.t.Errorf("%q: %d tokens are still valid", args, n)
	}
	if strings.Contains(out.String()+errOut.String(), keystonetest.Password) {
		a.t.Errorf("%q shows the password", args)
	}
	return out.String(), errOut.String()
}

func TestApply(t *testing.T) {
	a := newApplying(t)
	plan, _ := a.run(t.Context(), exitFindings, "--plan")
	if n := len(a.server.Writes()); n != 0 {
		t.Errorf("a plan made %d changes", n)
	}
	done, _ := a.run(t.Context(), exitClean)
	if plan != done || !strings.HasPrefix(done, "+ domain corp\n") || !strings.HasSuffix(done, "7 to create, 0 to update, 0 unchanged\n") {
		t.Errorf("what was planned:\n%s\nwhat was done:\n%s", plan, done)
	}
	if again, _ := a.run(t.Context(), exitClean, "--plan"); again != "0 to create, 0 to update, 7 unchanged\n" {
		t.Errorf("a second plan: %s", again)
	}
	a.describe(strings.Replace(described, "preferred_username", "email", 1))
	if changed, _ := a.run(t.Context(), exitFindings, "--plan"); !strings.HasPrefix(changed, "~ mapping corp\n    rule 1\n      - remote {\"type\":\"OIDC-preferred_username\"}\n      + remote {\"type\":\"OIDC-email\"}\n") {
		t.Errorf("a changed rule: %s", changed)
	}
}

func TestApplyJSON(t *testing.T) {
	a := newApplying(t)
	var report struct {
		Version int
		Changes []struct{ Kind, Object, Action string }
		Summary struct{ Create, Update, None, Applied int }
	}
	out, _ := a.run(t.Context(), exitClean, "--format", "json")
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if report.Version != 1 || len(report.Changes) != 7 || report.Summary.Create != 7 || report.Summary.Applied != 7 {
		t.Errorf("report %+v", report)
	}
}

func TestApplyFindings(t *testing.T) {
	a := newApplying(t)
	a.describe(strings.Replace(described, "roles: [reader]", "roles: [raeder]", 1))
	_, said := a.run(t.Context(), exitFindings)
	if !strings.Contains(said, "federation.yaml:14:") || !strings.Contains(said, "did you mean reader?") {
		t.Errorf("the finding has no place or no hint:\n%s", said)
	}
	if n := len(a.server.Writes()); n != 0 {
		t.Errorf("%d changes in spite of an error", n)
	}
}

func TestApplyFailures(t *testing.T) {
	cases := map[string]struct {
		upset  func(a applying)
		status int
		says   string
	}{
		"wrong password": {func(a applying) { a.t.Setenv("OS_PASSWORD", "wrong") }, exitFailed, "answer 401"},
		"no environment": {func(a applying) {
			a.t.Setenv("OS_PASSWORD", "")
			a.t.Setenv("OS_PROJECT_NAME", "")
		}, exitFailed, "not set: OS_PASSWORD, OS_PROJECT_NAME"},
		"clear text":    {func(a applying) { a.t.Setenv("OS_AUTH_URL", "http://keystone.example.org:5000") }, exitFailed, "clear text"},
		"nobody there":  {func(a applying) { a.t.Setenv("OS_AUTH_URL", "http://127.0.0.1:1") }, exitFailed, "connection refused"},
		"unknown cloud": {func(a applying) { a.t.Setenv("OS_CLOUD", "nowhere") }, exitFailed, "cloud nowhere"},
		"in the middle": {func(a applying) {
			a.server.Intercept(refusing("PUT", "identity_providers/corp"))
		}, exitFailed, "5 of 7 changes were made"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a := newApplying(t)
			a.t = t
			c.upset(a)
			if _, said := a.run(t.Context(), c.status); !strings.Contains(said, c.says) {
				t.Errorf("want %q, got: %s", c.says, said)
			}
		})
	}
}

// refusing answers 500 to one kind of request.
func refusing(method, path string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == method && strings.HasSuffix(r.URL.Path, path) {
				keystonetest.Refuse(w, http.StatusInternalServerError, "An unexpected error prevented the server from fulfilling your request.")
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// TestApplyInterrupted ends the run while Keystone works on a request.
func TestApplyInterrupted(t *testing.T) {
	a := newApplying(t)
	ctx, interrupt := context.WithCancel(t.Context())
	a.server.Intercept(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/v3/OS-FEDERATION/mappings/") && r.Method == http.MethodPut {
				interrupt()
			}
			next.ServeHTTP(w, r)
		})
	})
	a.run(ctx, exitInterrupted)
	a.server.Intercept(nil)
	a.run(t.Context(), exitClean)
	a.run(t.Context(), exitClean, "--plan")
}
