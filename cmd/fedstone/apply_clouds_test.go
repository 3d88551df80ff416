package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
)

// twoClouds are two Keystones that a clouds.yaml knows as a and b.
func twoClouds(t *testing.T) (applying, map[string]*keystonetest.Server) {
	a := newApplying(t)
	servers, yaml := map[string]*keystonetest.Server{"a": keystonetest.New(t), "b": keystonetest.New(t)}, "clouds:\n"
	for name, s := range servers {
		yaml += fmt.Sprintf("  %s: {auth: {auth_url: %q, username: admin, password: %s, project_name: admin, user_domain_name: Default, project_domain_name: Default}}\n",
			name, s.URL, keystonetest.Password)
	}
	file := filepath.Join(t.TempDir(), "clouds.yaml")
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("OS_CLIENT_CONFIG_FILE", file)
	for name := range a.server.Env() {
		t.Setenv(name, "")
	}
	t.Cleanup(func() {
		for name, s := range servers {
			if n := s.ValidTokens(); n != 0 {
				t.Errorf("cloud %s: %d tokens are still valid", name, n)
			}
		}
	})
	return a, servers
}

func TestApplyClouds(t *testing.T) {
	a, servers := twoClouds(t)
	out, _ := a.run(t.Context(), exitFindings, "--cloud", "a", "--cloud", "b", "--plan")
	for _, want := range []string{"== a: " + servers["a"].URL, "== b: " + servers["b"].URL, "== 2 clouds\na: 7 to create, 0 to update, 0 to delete\nb: 7 to create"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	a.run(t.Context(), exitClean, "--cloud", "b")
	if n, m := len(servers["a"].Writes()), len(servers["b"].Writes()); n != 0 || m != 7 {
		t.Errorf("%d writes at a and %d at b, want 0 and 7", n, m)
	}
	out, _ = a.run(t.Context(), exitClean, "--cloud", "a", "--cloud", "b")
	if !strings.HasSuffix(out, "== 2 clouds\na: as described, 7 changes made\nb: as described, 0 changes made\n") {
		t.Errorf("the end:\n%s", out)
	}
}

// TestApplyCloudsFailure: what fails at one keeps nobody from the next, and shows in
// the exit status.
func TestApplyCloudsFailure(t *testing.T) {
	a, servers := twoClouds(t)
	servers["a"].Intercept(refusing("PUT", "identity_providers/corp"))
	out, said := a.run(t.Context(), exitFailed, "--cloud", "a", "--cloud", "b")
	if !strings.HasSuffix(out, "a: failed after 5 changes: see above\nb: as described, 7 changes made\n") {
		t.Errorf("the end:\n%s", out)
	}
	if !strings.Contains(said, "fedstone: cloud a: create identity provider corp: ") || !strings.Contains(said, "5 of 7 changes were made") {
		t.Errorf("what failed:\n%s", said)
	}
	if _, said := a.run(t.Context(), exitFailed, "--cloud", "a"); !strings.HasPrefix(said, "fedstone: cloud a: create identity provider corp: ") {
		t.Errorf("a alone:\n%s", said)
	}
	servers["a"].Intercept(func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			keystonetest.Refuse(w, http.StatusUnauthorized, "The request you have made requires authentication.")
		})
	})
	out, _ = a.run(t.Context(), exitFailed, "--cloud", "a", "--cloud", "b", "--plan", "--format", "json")
	servers["a"].Intercept(nil)
	var report struct {
		Version int
		Clouds  []struct {
			Cloud, Error string
			Status       int
			Changes      []struct{ Kind string }
			Summary      *struct{ None int }
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if c := report.Clouds; len(c) != 2 || c[0].Status != exitFailed || !strings.HasPrefix(c[0].Error, "cloud a ("+os.Getenv("OS_CLIENT_CONFIG_FILE")+":") || !strings.Contains(c[0].Error, "answer 401") || c[0].Summary != nil || c[1].Status != exitClean || c[1].Summary.None != 7 {
		t.Errorf("report: %s", out)
	}
}

func TestApplyPrune(t *testing.T) {
	a := newApplying(t)
	if _, said := a.run(t.Context(), exitUsage, "--prune"); !strings.Contains(said, "keystone: {owner: NAME}") {
		t.Errorf("a description without a name: %s", said)
	}
	named := strings.Replace(described, ":5000}", ":5000, owner: production}", 1)
	second := "  partner:\n    issuer: https://partner.example.org\n    client: {id: keystone, secret: {env: X}}\n    rules: [{user: {name: \"{sub}\"}}]\n"
	a.describe(named + second)
	a.run(t.Context(), exitClean)
	a.describe(named)
	a.run(t.Context(), exitClean, "--plan")
	plan, said := a.run(t.Context(), exitFindings, "--plan", "--prune")
	if !strings.Contains(plan, "- protocol partner/openid\n- mapping partner\n- identity provider partner\n0 to create, 1 to update, 3 to delete, 7 unchanged\n") {
		t.Errorf("the plan:\n%s", plan)
	}
	if !strings.Contains(said, "federation.yaml:2:") || !strings.Contains(said, "domain partner is not described any more; it stays") {
		t.Errorf("what stays:\n%s", said)
	}
	if done, _ := a.run(t.Context(), exitClean, "--prune"); done != plan {
		t.Errorf("what was planned:\n%s\nwhat was done:\n%s", plan, done)
	}
}

func TestApplyColours(t *testing.T) {
	a := newApplying(t)
	a.run(t.Context(), exitClean)
	a.describe(strings.Replace(described, "preferred_username", "email", 1))
	out, _ := a.run(t.Context(), exitFindings, "--plan", "--color", "always")
	want := "\x1b[33m~ mapping corp\x1b[0m\n    rule 1\n\x1b[31m      - remote {\"type\":\"OIDC-preferred_username\"}\x1b[0m\n\x1b[32m      + remote {\"type\":\"OIDC-email\"}\x1b[0m\n        remote "
	if !strings.HasPrefix(out, want) {
		t.Errorf("want %q, got %q", want, out)
	}
}

func TestApplyRulesAsJSON(t *testing.T) {
	a := newApplying(t)
	a.run(t.Context(), exitClean)
	a.describe(strings.Replace(described, "preferred_username", "email", 1))
	out, _ := a.run(t.Context(), exitFindings, "--plan", "--format", "json")
	var report struct {
		Changes []struct {
			Kind  string
			Rules []struct {
				Was, Is  int
				Old, New []string
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Changes {
		if c.Kind == "mapping" && (len(c.Rules) != 1 || c.Rules[0].Was != 1 || c.Rules[0].Is != 1 || c.Rules[0].New[0] != `remote {"type":"OIDC-email"}`) {
			t.Errorf("rules %+v", c.Rules)
		}
	}
}

func TestApplyUsage(t *testing.T) {
	a := newApplying(t)
	for says, args := range map[string][]string{
		"--cloud a is given twice": {"--cloud", "a", "--cloud", "a"},
		"give both":                {"--prune-disabled"},
		"--parallel 0":             {"--parallel", "0"},
	} {
		if _, said := a.run(t.Context(), exitUsage, args...); !strings.Contains(said, says) {
			t.Errorf("%q: want %q, got %s", args, says, said)
		}
	}
}
