package browser_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe/browser"
)

// TestOnTheLab goes the browser's way on the real programs.
func TestOnTheLab(t *testing.T) {
	d := deployment(t)
	if _, err := browser.Find(); err != nil {
		labtest.Require(t, err.Error())
	}
	t.Run("both issuers, by hand and in the browser", func(t *testing.T) { bothIssuers(t, d) })
	t.Run("wrong password", func(t *testing.T) { wrongPassword(t, d) })
	t.Run("no browser", func(t *testing.T) { noBrowser(t, d) })
	t.Run("broken configurations", func(t *testing.T) { brokenConfigurations(t, d) })
	t.Run("origin not trusted", func(t *testing.T) { originNotTrusted(t, d) })
}

// deployment is the quickstart with a test user for each identity provider.
func deployment(t *testing.T) labtest.Deployment {
	t.Helper()
	d := labtest.Quickstart(t)
	if d.Lab.HorizonURL == "" {
		labtest.Require(t, "this lab has no Horizon: bring it up with --with horizon")
	}
	edit(t, d.File, func(text string) string {
		text = strings.ReplaceAll(text, "      foreign: {id: wiki, secret: {env: CORP_WIKI_SECRET}}\n", "      username: alice\n      password: {env: CORP_ALICE_PASSWORD}\n")
		return strings.ReplaceAll(text, "      foreign: {id: wiki, secret: {env: CAMPUS_WIKI_SECRET}}\n", "      username: alice\n      password: {env: CAMPUS_ALICE_PASSWORD}\n")
	})
	restore(t, d)
	return d
}

func edit(t *testing.T, path string, change func(string) string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := change(string(text))
	if changed == string(text) {
		t.Fatalf("%s is what it was", path)
	}
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// restore puts in place what is rendered.
func restore(t *testing.T, d labtest.Deployment) {
	t.Helper()
	d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
}

type step struct {
	Name, Verdict, Symptom, Cause, Mend string
	Screenshot                          []byte `json:"screenshot_png"`
}

// probed gives the steps of the browser's way, by provider and name, and all that was printed.
func probed(t *testing.T, d labtest.Deployment, env []string, args ...string) (map[string]step, string) {
	t.Helper()
	cmd := d.Command(append([]string{"probe", "--format", "json", "--ca-file", d.Lab.CAFile}, args...)...)
	cmd.Env = append(cmd.Env, env...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	_ = cmd.Run() // its status is 1 where a step fails; the steps are looked at
	var report struct {
		Providers []struct {
			ID    string
			Steps []step
		} `json:"identity_providers"`
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("%v\n%s%s", err, out.String(), said.String())
	}
	steps := map[string]step{}
	for _, p := range report.Providers {
		for _, s := range p.Steps {
			steps[p.ID+" "+s.Name] = s
		}
	}
	return steps, out.String() + said.String()
}

func bothIssuers(t *testing.T, d labtest.Deployment) {
	steps, all := probed(t, d, nil, "--login", "--browser", "--idp", "corp", "--idp", "campus")
	for _, name := range []string{"websso", "websso-login", "websso-browser", "revoke"} {
		for _, idp := range []string{"corp", "campus"} {
			if s := steps[idp+" "+name]; s.Verdict != "pass" {
				t.Errorf("%s %s: %s %s: %s", idp, name, s.Verdict, s.Symptom, s.Cause)
			}
		}
	}
	shot := steps["campus websso-browser"].Screenshot
	if picture, err := png.Decode(bytes.NewReader(shot)); err != nil || picture.Bounds().Dx() < 300 || len(shot) > 200<<10 {
		t.Errorf("the picture: %v, %d bytes", err, len(shot))
	}
	expectNoSecret(t, d, all)
	expectNoProfile(t)
}

// expectNoSecret: neither a password nor anything shaped like a token is printed.
func expectNoSecret(t *testing.T, d labtest.Deployment, all string) {
	t.Helper()
	files, err := filepath.Glob(d.Lab.SecretFile("*"))
	if err != nil || len(files) < 5 {
		t.Fatalf("%d secrets: %v", len(files), err)
	}
	for _, file := range files {
		value, err := os.ReadFile(file)
		if err == nil && strings.Contains(all, strings.TrimSpace(string(value))) {
			t.Errorf("the secret %s is printed", filepath.Base(file))
		}
	}
	words := regexp.MustCompile(`"screenshot_png": "[^"]*"`).ReplaceAllString(all, "") // a picture may hold any letters
	if found := regexp.MustCompile(`gAAAA[A-Za-z0-9_-]{10}|eyJ[A-Za-z0-9_-]{10,}\.|[?&](code|state)=`).FindStringIndex(words); found != nil {
		t.Errorf("a token or a query is printed behind %q", words[max(0, found[0]-80):found[0]])
	}
}

func expectNoProfile(t *testing.T) {
	t.Helper()
	for _, pattern := range []string{"fedstone-browser-*", "chromedp-runner*"} {
		if left, _ := filepath.Glob(filepath.Join(os.TempDir(), pattern)); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func wrongPassword(t *testing.T, d labtest.Deployment) {
	env := []string{"CORP_ALICE_PASSWORD=wrong-password-canary", "CAMPUS_ALICE_PASSWORD=wrong-password-canary"}
	steps, all := probed(t, d, env, "--login", "--browser", "--idp", "corp", "--idp", "campus")
	for _, name := range []string{"corp websso-login", "corp websso-browser", "campus websso-login", "campus websso-browser"} {
		if s := steps[name]; s.Symptom != "websso-wrong-password" {
			t.Errorf("%s: %s %s: %s", name, s.Verdict, s.Symptom, s.Cause)
		}
	}
	if strings.Contains(all, "wrong-password-canary") {
		t.Error("the password is printed")
	}
}

// originNotTrusted: the cloud trusts another dashboard than the description that is
// probed with.
func originNotTrusted(t *testing.T, d labtest.Deployment) {
	edit(t, d.File, func(text string) string {
		return strings.ReplaceAll(text, "dashboards: ["+d.Lab.HorizonURL+"]", "dashboards: ["+d.Lab.HorizonURL+"/other]")
	})
	steps, _ := probed(t, d, nil, "--login", "--idp", "corp")
	s := steps["corp websso-login"]
	if s.Symptom != "websso-origin-or-rules" || !strings.Contains(s.Mend, d.Lab.HorizonURL+"/other/auth/websso/") {
		t.Errorf("%s %s: %s; %s", s.Verdict, s.Symptom, s.Cause, s.Mend)
	}
	edit(t, d.File, func(text string) string { return strings.ReplaceAll(text, "/other]", ", "+d.Lab.HorizonURL+"/other]") })
	steps, _ = probed(t, d, nil, "--login", "--idp", "corp")
	if s := steps["corp websso-login"]; s.Symptom != "websso-origin-untrusted" {
		t.Errorf("of two: %s %s: %s; %s", s.Verdict, s.Symptom, s.Cause, s.Mend)
	}
}

// brokenConfigurations: what is wrong in httpd's files, and what the walk says of it.
// Each change breaks what it can at once: httpd takes its time to come up again.
func brokenConfigurations(t *testing.T, d labtest.Deployment) {
	t.Cleanup(func() { restore(t, d) })
	vhost := publicVhost(t, d)
	sound, err := os.ReadFile(vhost)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		change func(string) string
		want   map[string]string
	}{
		{"doors", func(text string) string {
			text = inDoor("corp", text, func(string) string { return "" })
			text = inDoor("campus", text, without(`(?m)^ *OIDCDiscoverURL .*\n`))
			return inDoor("partner", text, func(d string) string { return strings.Replace(d, "openid-connect", "oauth20", 1) })
		}, map[string]string{"corp": "websso-denied", "campus": "websso-provider-list", "partner": "websso-takes-tokens-only"}},
		{"redirect URI of nobody", func(text string) string { return strings.ReplaceAll(text, "/redirect_uri", "/another_uri") },
			map[string]string{"corp": "websso-redirect-uri-unregistered", "campus": "websso-redirect-uri-unregistered"}},
		{"open, and without TLS", func(text string) string {
			text = without(`(?s)    <LocationMatch .*?</LocationMatch>\n`)(inDoor("corp", text, func(string) string { return "" }))
			return strings.ReplaceAll(text, "OIDCRedirectURI https:", "OIDCRedirectURI http:")
		}, map[string]string{"corp": "websso-uncovered", "campus": "websso-redirect-uri-http"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if err := os.WriteFile(vhost, []byte(tc.change(string(sound))), 0o600); err != nil {
				t.Fatal(err)
			}
			d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
			steps, _ := probed(t, d, nil)
			for idp, symptom := range tc.want {
				if s := steps[idp+" websso"]; s.Symptom != symptom {
					t.Errorf("%s: %s %s: %s; want %s", idp, s.Verdict, s.Symptom, s.Cause, symptom)
				}
			}
		})
	}
}

func without(pattern string) func(string) string {
	return func(text string) string { return regexp.MustCompile(pattern).ReplaceAllString(text, "") }
}

// inDoor changes the section of a provider's websso path.
func inDoor(idp, text string, change func(string) string) string {
	section := `(?s)    <Location /v3/auth/OS-FEDERATION/identity_providers/` + idp + `/[^>]*>.*?</Location>\n`
	return regexp.MustCompile(section).ReplaceAllStringFunc(text, change)
}

// publicVhost finds the file of httpd in which browsers log in.
func publicVhost(t *testing.T, d labtest.Deployment) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(d.Lab.Root, "etc/apache2/sites-enabled/*.conf"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files of vhosts: %v, %v; expected one", files, err)
	}
	return files[0]
}

func noBrowser(t *testing.T, d labtest.Deployment) {
	steps, _ := probed(t, d, []string{"PATH=/nonexistent"}, "--browser", "--idp", "partner")
	if s := steps["partner websso-browser"]; s.Verdict != "skip" || !strings.Contains(s.Cause, "apt install chromium") {
		t.Errorf("%s: %s", s.Verdict, s.Cause)
	}
}
