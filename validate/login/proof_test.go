package login_test

import (
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	op1      = "https://op1.example.org"
	websso   = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso"
	global   = "/v3/auth/OS-FEDERATION/websso/openid"
	callback = "/v3/OS-FEDERATION/redirect_uri"
)

// proof runs a firing and a silent configuration, and fails where the first does not
// show what its rule promises, or the second does.
type proof func(t *testing.T, fires, silent string)

// TestProof shows what the rules promise on httpd and mod_auth_openidc.
func TestProof(t *testing.T) {
	all := map[string]proof{}
	for _, some := range []map[string]proof{redirectProofs(), discoverProofs(), cookieProofs(), requestProofs(), stateProofs(), unauthProofs()} {
		maps.Copy(all, some)
	}
	for slug, show := range all {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", slug)
			show(t, filepath.Join(dir, "fires"), filepath.Join(dir, "silent"))
		})
	}
}

// loginEnds shows that a login ends with a status at a path and never at the
// application, with this text in the page; and that the mend comes through.
func loginEnds(status int, path, text string) proof {
	return func(t *testing.T, fires, silent string) {
		got, trace := prove.Start(t, fires).Login(t, websso, op1, "bob")
		last := ""
		if len(trace) > 0 {
			u, _ := url.Parse(trace[len(trace)-1].URL)
			last = u.Path
		}
		if got.Env != nil || got.Status != status || last != path || !strings.Contains(got.Body, text) {
			t.Errorf("%d at %s (application: %v), want %d at %s with %q\n%s%s", got.Status, last, got.Env != nil, status, path, text, trace, got.Body)
		}
		comesThrough(t, silent)
	}
}

// stateLost shows that the module does not know the login to which the issuer's answer
// belongs, and sends the browser to OIDCDefaultURL; and that the mend comes through.
func stateLost(t *testing.T, fires, silent string) {
	got, trace := prove.Start(t, fires).Login(t, websso, op1, "bob")
	if got.Env != nil || len(trace) == 0 || trace[len(trace)-1].URL != "https://dashboard.example.org/" {
		t.Errorf("%d, want an end at OIDCDefaultURL\n%s", got.Status, trace)
	}
	comesThrough(t, silent)
}

func comesThrough(t *testing.T, fixture string) {
	t.Helper()
	got, trace := prove.Start(t, fixture).Login(t, websso, op1, "bob")
	if got.Env["OIDC-iss"] != op1 {
		t.Errorf("%s: %d, want the application with claims of %s\n%s%s", fixture, got.Status, op1, trace, got.Body)
	}
}

// browser asks as a browser without a session does.
func browser(path string) prove.Ask {
	return prove.Ask{Path: path, Header: map[string]string{"Accept": "text/html", "User-Agent": "prove"}}
}

// begins is how a login begins: the status, the address to which the browser is
// sent, and the cookies that it is to keep.
func begins(t *testing.T, fixture string) (prove.Answer, *url.URL, []*http.Cookie) {
	t.Helper()
	got := prove.Start(t, fixture).Ask(t, browser(websso))
	to, err := url.Parse(got.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return got, to, (&http.Response{Header: got.Header}).Cookies()
}

// answers shows the statuses that a request gets with both configurations.
func answers(ask prove.Ask, fires, silent int) proof {
	return func(t *testing.T, firing, mended string) {
		for fixture, want := range map[string]int{firing: fires, mended: silent} {
			if got := prove.Start(t, fixture).Ask(t, ask); got.Status != want {
				t.Errorf("%s: %d, want %d\n%s", fixture, got.Status, want, got.Body)
			}
		}
	}
}

// written gives the first group of an expression in a fixture's httpd.conf; "" where
// it is not there.
func written(t *testing.T, fixture, expression string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(fixture, "httpd.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if m := regexp.MustCompile(expression).FindSubmatch(src); m != nil {
		return string(m[1])
	}
	return ""
}
