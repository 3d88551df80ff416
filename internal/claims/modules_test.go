package claims_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/platform"
)

// TestEnvironOfMod asks the running modules: every variable that reaches a WSGI
// program must be the one that Environ says, by name and by value, and no other.
func TestEnvironOfModAuthOpenIDC(t *testing.T) {
	testModule(t, claims.AuthOpenIDC, "libapache2-mod-auth-openidc", openIDCSites())
}

func TestEnvironOfModOAuth2(t *testing.T) {
	testModule(t, claims.OAuth2, "libapache2-mod-oauth2", oauth2Sites())
}

// site is one way to configure a module.
type site struct {
	server, location string
	change           func(*claims.Module)
	since            string // the first version that takes it
}

func testModule(t *testing.T, name, pack string, sites map[string]site) {
	for _, root := range labtest.HTTPDRoots() {
		version := labtest.PackageVersion(root, pack)
		if version == "" && root == "" {
			t.Run("installed", func(t *testing.T) { labtest.Require(t, "not installed: apt-get install --no-install-recommends "+pack) })
		}
		if version != "" {
			t.Run(version, func(t *testing.T) { testVersion(t, root, name, version, sites) })
		}
	}
}

func testVersion(t *testing.T, root, name, version string, sites map[string]site) {
	key := newKey(t, root, name, version)
	modules := map[string]claims.Module{}
	var config []labtest.EnvironSite
	for title, s := range sites {
		m, err := claims.NewModule(name, version, claims.Bearer)
		if err != nil {
			t.Fatal(err)
		}
		s.change(&m)
		if m.Check() != nil || s.since != "" && older(version, s.since) {
			continue
		}
		modules[title] = m
		config = append(config, labtest.EnvironSite{Name: title, Server: key.server + "\n" + s.server, Location: key.location + "\n" + s.location})
	}
	httpd := labtest.StartEnviron(t, root, []string{strings.TrimPrefix(name, "mod_")}, config)
	compared := 0
	for title, m := range modules {
		t.Run(title, func(t *testing.T) { compared += compareSets(t, httpd, title, m, key) })
	}
	t.Logf("%s %s: %d variables of %d claim sets under %d configurations compared", name, version, compared, len(claimSets()), len(modules))
}

// older compares versions as platform does, which the modules' own facts go by.
func older(a, b string) bool { return platform.CompareVersions(a, b) < 0 }

func compareSets(t *testing.T, httpd *labtest.EnvironServer, title string, m claims.Module, key signer) int {
	compared := 0
	for name, set := range claimSets() {
		if strings.HasPrefix(name, "long") && m.Encoding == claims.Latin1 && older(m.Version, "2.4.14.4") {
			continue // takes these versions minutes (ChangeLog: "fix performance issue with latin1 encoding")
		}
		payload := fmt.Sprintf(`{"iss":"https://issuer.example/realm","sub":"alice","exp":%d,%s}`, time.Now().Unix()+600, set)
		c, list := claims.Read(name, []byte(payload))
		if list.HasErrors() {
			t.Errorf("%s: %v", name, list)
			continue
		}
		status, environ := httpd.Ask(t, title, key.sign(t, payload))
		want := m.Environ(c)
		if refused := status == 401; refused != (want.Refused != "") {
			t.Errorf("%s: httpd answers %d, and we say refused: %q\n%s", name, status, want.Refused, set)
			continue
		}
		expected := variables(want)
		got := ofModule(environ, want, expected)
		leaveToChance(t, want, got)
		if diff := cmp.Diff(differing(expected, got), differing(got, expected)); diff != "" {
			t.Errorf("%s (-ours +httpd):\n%s", name, diff)
		}
		compared += len(got)
	}
	return compared
}

// differing gives the variables of a that b has not, or has otherwise, clipped:
// cmp takes minutes over long texts.
func differing(a, b map[string]string) map[string]string {
	out := map[string]string{}
	for name, value := range a {
		if other, ok := b[name]; !ok || other != value {
			out[name] = fmt.Sprintf("%.300s (%d bytes)", value, len(value))
		}
	}
	return out
}

// ofModule leaves out what every request has, and the token.
func ofModule(environ map[string]string, e claims.Environ, expected map[string]string) map[string]string {
	out := map[string]string{}
	for name, value := range environ {
		if _, ok := expected[name]; !ok && (ofRequest(name, e) || strings.HasSuffix(name, "access_token")) {
			continue
		}
		out[name] = value
	}
	return out
}

func ofRequest(name string, e claims.Environ) bool {
	switch {
	case name == "REMOTE_USER":
		return false
	case strings.HasPrefix(name, "HTTP_"):
		return slices.Contains([]string{"HTTP_HOST", "HTTP_USER_AGENT", "HTTP_ACCEPT_ENCODING"}, name)
	}
	return e.Knows(name) != "" || e.Knows(strings.ToUpper(name)) != ""
}

// leaveToChance: what we call chance is there, but its value cannot be compared.
func leaveToChance(t *testing.T, want claims.Environ, got map[string]string) {
	t.Helper()
	for _, v := range want.Variables {
		if _, there := got[v.Name]; v.Chance && !there {
			t.Errorf("%s: left to chance, but httpd has none", v.Name)
		}
		if v.Chance {
			got[v.Name] = ""
		}
	}
}

func variables(e claims.Environ) map[string]string {
	out := map[string]string{}
	for _, v := range e.Variables {
		out[v.Name] = v.Value
	}
	return out
}
