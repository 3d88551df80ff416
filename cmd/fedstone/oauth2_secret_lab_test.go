package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

const backupSection = "\noauth2:\n  clients:\n    backup: {cloud: backup, roles: [reader], secret_file: backup.env, lifetime: 2160h, service: \"SERVICE\"}\n"

// TestOAuth2 goes from the description to a service that takes the token, and breaks
// one thing at a time.
func TestOAuth2(t *testing.T) {
	service := labtest.Service(t, labtest.Open(t), labtest.FilterOAuth2, "")
	l := newIssuingLab(t, func(issuingLab) string { return strings.Replace(backupSection, "SERVICE", service, 1) })
	said := l.Run(t, "apply")
	if !strings.Contains(said, "+ application credential backup of user backup on project admin: roles reader, expires_at ") {
		t.Errorf("apply: %s", said)
	}
	id, key, err := apply.ReadSecretFile(l.secret)
	if err != nil || strings.Contains(said, key.Reveal()) {
		t.Fatalf("%v, or the secret is shown", err)
	}
	if said := l.Run(t, "apply", "--plan"); !strings.Contains(said, " 0 to update,") {
		t.Errorf("a second plan: %s", said)
	}
	l.passes(t, "backup", "oauth2-no-client", "oauth2-token", "oauth2-check", "oauth2-service", "revoke")
	t.Run("service", func(t *testing.T) { l.atService(t, service, keystone.TokenRequest{ID: id, Secret: key}) })
	t.Run("rotation", func(t *testing.T) { l.rotates(t, keystone.TokenRequest{ID: id, Secret: key}) })
	t.Run("refusals", func(t *testing.T) { l.refusals(t) })
	t.Run("by hand", func(t *testing.T) { l.byHand(t) })
	t.Run("other filter", func(t *testing.T) {
		l.replace(t, l.File, service, labtest.Service(t, l.Lab, labtest.FilterAuthToken, ""))
		l.fails(t, "backup", "oauth2-service-header")
	})
	t.Run("isolation", func(t *testing.T) { l.Run(t, "probe", "--idp", "campus", "--isolation") })
	t.Run("header lost", func(t *testing.T) { l.headerLost(t) })
}

// atService: the token, no token, a revoked one.
func (l issuingLab) atService(t *testing.T, service string, r keystone.TokenRequest) {
	answer, err := keystone.IssueToken(t.Context(), l.web, l.Lab.KeystoneURL, r)
	if err != nil {
		t.Fatal(err)
	}
	issued, err := keystone.IssuedBy(answer)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(bearer string) (int, string) {
		header := http.Header{}
		if bearer != "" {
			header.Set("Authorization", "Bearer "+bearer)
		}
		a, err := keystone.Ask(t.Context(), l.web, keystone.Request{Method: http.MethodGet, URL: service, Header: header})
		if err != nil {
			t.Fatal(err)
		}
		return a.Status, string(a.Body)
	}
	if status, said := ask(issued.Token.Reveal()); status != 200 || !strings.Contains(said, `"project_name": "admin", "roles": "reader"`) {
		t.Errorf("with the token: %d %s", status, said)
	}
	session := keystone.Session{Client: l.web, URL: l.Lab.KeystoneURL, Token: issued.Token}
	if a, err := session.Revoke(t.Context()); err != nil || a.Status != 204 {
		t.Fatalf("%v %d", err, a.Status)
	}
	for says, bearer := range map[string]string{"no token": "", "garbage": "garbage", "a revoked token": issued.Token.Reveal()} {
		if status, _ := ask(bearer); status != 401 {
			t.Errorf("%s: %d", says, status)
		}
	}
}

// rotates: both secrets count while the grace lasts, and the file holds the new one.
func (l issuingLab) rotates(t *testing.T, before keystone.TokenRequest) {
	l.Run(t, "apply", "--rotate", "backup")
	id, key, err := apply.ReadSecretFile(l.secret)
	if err != nil || id == before.ID {
		t.Fatalf("%v, id %s", err, id)
	}
	for says, r := range map[string]keystone.TokenRequest{"the old": before, "the new": {ID: id, Secret: key}} {
		if a, err := keystone.IssueToken(t.Context(), l.web, l.Lab.KeystoneURL, r); err != nil || a.Status != 200 {
			t.Errorf("%s: %v %d", says, err, a.Status)
		}
	}
	if info, err := os.Stat(l.secret); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// refusals breaks one thing at a time.
func (l issuingLab) refusals(t *testing.T) {
	sound, err := os.ReadFile(l.secret)
	if err != nil {
		t.Fatal(err)
	}
	mend := func() {
		if err := os.WriteFile(l.secret, sound, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l.edit(t, `SECRET=.`, "SECRET=x")
	l.fails(t, "backup", "oauth2-client-refused")
	mend()
	l.edit(t, `CLIENT_ID=....`, "CLIENT_ID=0000")
	l.fails(t, "backup", "oauth2-client-unknown")
	mend()
}

// headerLost comes last: the next test deploys anew.
func (l issuingLab) headerLost(t *testing.T) {
	harm(t, l.Deployment, "WSGIPassAuthorization On", "WSGIPassAuthorization Off")
	l.Run(t, "lab", "reload", "--dir", l.Lab.Dir)
	l.fails(t, "backup", "oauth2-header-lost")
}

// byHand has `fedstone explain` read what curl prints.
func (l issuingLab) byHand(t *testing.T) {
	token := l.Lab.KeystoneURL + keystone.OAuth2Path
	cases := map[string][]string{
		"oauth2-grant-unsupported":  {"-u", "a:b", "-d", "grant_type=password", token},
		"oauth2-grant-missing":      {"-u", "a:b", "-H", "Content-Type: application/json", "-d", `{"grant_type":"client_credentials"}`, token},
		"oauth2-method-not-allowed": {token},
		"oauth2-plain-http":         {"-d", "grant_type=client_credentials", strings.Replace(token, "https", "http", 1)},
	}
	if l.Lab.Debian == "" { // zed says more
		cases["oauth2-client-empty"] = []string{"-u", "a:", "-d", "grant_type=client_credentials", token}
		cases["oauth2-scheme-refused"] = []string{"-H", `Authorization: Digest username="a", realm="k", nonce="n", uri="/", response="r"`, "-d", "grant_type=client_credentials", token}
	}
	for slug, args := range cases {
		answer, err := exec.Command("curl", append([]string{"-si", "--cacert", l.Lab.CAFile}, args...)...).Output()
		if err != nil {
			t.Fatalf("curl %q: %v", args, err)
		}
		cmd := exec.Command(l.Binary, "explain", "-", "--request", "POST "+keystone.OAuth2Path, "--format", "json")
		cmd.Stdin = strings.NewReader(string(answer))
		out, _ := cmd.Output()
		if !strings.Contains(string(out), `"`+slug+`"`) {
			t.Errorf("want %s for\n%s\ngot %s", slug, answer, out)
		}
	}
}

// replace changes a file.
func (l issuingLab) replace(t *testing.T, path, from, to string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("%s has no %s: %v", path, from, err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(text), from, to)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// edit changes the secret file.
func (l issuingLab) edit(t *testing.T, pattern, to string) {
	t.Helper()
	text, err := os.ReadFile(l.secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(l.secret, regexp.MustCompile(pattern).ReplaceAll(text, []byte(to)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// walk probes one client and gives its steps.
func (l issuingLab) walk(t *testing.T, client string) []diagnosed {
	t.Helper()
	cmd := l.Command("probe", "--idp", "oauth2/"+client, "--format", "json")
	said := strings.Builder{}
	cmd.Stderr = io.Writer(&said)
	out, _ := cmd.Output() // its status may be 1
	var report struct {
		Providers []struct{ Steps []diagnosed } `json:"identity_providers"`
	}
	if err := json.Unmarshal(out, &report); err != nil || len(report.Providers) != 1 {
		t.Fatalf("%v: %s%s", err, out, said.String())
	}
	return report.Providers[0].Steps
}

func (l issuingLab) passes(t *testing.T, client string, steps ...string) {
	t.Helper()
	var got []string
	for _, s := range l.walk(t, client) {
		if got = append(got, s.Name); s.Verdict != "pass" {
			t.Errorf("%+v", s)
		}
	}
	if strings.Join(got, " ") != strings.Join(steps, " ") {
		t.Errorf("steps %q, want %q", got, steps)
	}
}

func (l issuingLab) fails(t *testing.T, client, slug string) {
	t.Helper()
	for _, s := range l.walk(t, client) {
		if s.Verdict == "fail" {
			if s.Symptom != slug || s.Cause == "" || s.Mend == "" {
				t.Errorf("want %s, got %+v", slug, s)
			}
			return
		}
	}
	t.Errorf("nothing failed, want %s", slug)
}
