package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// diagnosed is the part of probe's JSON that this test looks at.
type diagnosed struct {
	Name, Verdict, Symptom, Cause, Mend string
	AnsweredBy                          string `json:"answered_by"`
	Evidence                            []string
	Findings                            []joinedFinding
}

type joinedFinding struct{ Slug, Path string }

// On the real stack, broken one thing at a time: which symptom, with and without an
// administrator, and what the files say about it.
func TestProbeNamesTheCause(t *testing.T) {
	d := labtest.Quickstart(t)
	admin := adminOf(t, d)
	set := func(u keystone.IdentityProviderUpdate) {
		if err := keystone.UpdateIdentityProvider(t.Context(), admin, "campus", u); err != nil {
			t.Fatal(err)
		}
	}
	no, yes := false, true
	issuer, slash := []string{labtest.IssuerURL(t, d.Lab, "campus")}, []string{labtest.IssuerURL(t, d.Lab, "campus") + "/"}
	t.Cleanup(func() {
		d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
		d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
		d.Run(t, "apply")
	})

	set(keystone.IdentityProviderUpdate{Enabled: &no})
	expectSymptom(t, exchangeOf(t, d), "idp-disabled", "openstack identity provider set --enable campus", "own login")
	expectSymptom(t, exchangeOf(t, d, "--cloud", "envvars"), "idp-disabled", "openstack identity provider set --enable campus", "")

	set(keystone.IdentityProviderUpdate{Enabled: &yes, RemoteIDs: &slash})
	expectSymptom(t, exchangeOf(t, d), "issuer-unknown", "--remote-id "+issuer[0], "own login")
	if s := exchangeOf(t, d, "--cloud", "envvars"); !strings.Contains(s.Cause, slash[0]) {
		t.Errorf("an administrator sees the remote id, and the cause is %q", s.Cause)
	}
	set(keystone.IdentityProviderUpdate{RemoteIDs: &issuer})

	harm(t, d, "AuthType oauth20", "AuthType openid-connect")
	s := exchangeOf(t, d, "--config", d.Lab.Root)
	if !slices.ContainsFunc(s.Findings, func(f joinedFinding) bool { return f.Slug == "auth-path-for-browsers-only" }) {
		t.Errorf("browsers alone: %+v", s)
	}
}

func expectSymptom(t *testing.T, s diagnosed, slug, mend, evidence string) {
	t.Helper()
	if s.Symptom != slug || s.AnsweredBy != "keystone" || !strings.Contains(s.Mend, mend) || evidence != "" && !hasNote(s, evidence) {
		t.Errorf("want %s, mend %q, evidence %q; got %+v", slug, mend, evidence, s)
	}
}

func hasNote(s diagnosed, text string) bool {
	return strings.Contains(strings.Join(s.Evidence, "\n"), text)
}

// exchangeOf probes campus and gives its first failed step.
func exchangeOf(t *testing.T, d labtest.Deployment, args ...string) diagnosed {
	t.Helper()
	cmd := d.Command(append([]string{"probe", "--idp", "campus", "--format", "json"}, args...)...)
	out, _ := cmd.Output() // its status is 1
	var report struct {
		Providers []struct{ Steps []diagnosed } `json:"identity_providers"`
	}
	if err := json.Unmarshal(out, &report); err != nil || len(report.Providers) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	for _, s := range report.Providers[0].Steps {
		if s.Verdict == "fail" && !strings.HasPrefix(s.Name, "websso") {
			return s
		}
	}
	t.Fatalf("no step has failed: %s", out)
	return diagnosed{}
}

func adminOf(t *testing.T, d labtest.Deployment) *gophercloud.ServiceClient {
	t.Helper()
	environment := map[string]string{}
	for _, line := range d.Lab.Env() {
		name, value, _ := strings.Cut(line, "=")
		environment[name] = value
	}
	admin, err := keystone.Connect(t.Context(), keystone.Auth{CAFile: d.Lab.CAFile, LookupEnv: func(name string) (string, bool) { v, ok := environment[name]; return v, ok }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keystone.Revoke(t.Context(), admin) })
	return admin
}

// harm changes the deployed configuration of httpd.
func harm(t *testing.T, d labtest.Deployment, from, to string) {
	t.Helper()
	file := filepath.Join(d.Lab.Root, "etc/apache2/sites-enabled/10-keystone_wsgi.conf")
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("%s has no %s: %v", file, from, err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), from, to)), 0o644); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
}
