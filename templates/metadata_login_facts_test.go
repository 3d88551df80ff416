package templates_test

import (
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/platform"
)

// walk asks for a page as a browser does: redirects are followed, at most twelve,
// and the pages that redirect by themselves too. It gives the last answer.
func (m *metadataServer) walk(t *testing.T, address string) (resp *http.Response, body string, asked int) {
	t.Helper()
	for asked = 1; asked <= 12; asked++ {
		resp, body = m.ask(t, "", address)
		next := resp.Header.Get("Location")
		if _, refresh, found := strings.Cut(body, `http-equiv="refresh" content="0; url=`); next == "" && found {
			next = strings.ReplaceAll(refresh[:strings.IndexByte(refresh, '"')], "&amp;", "&")
		}
		if next == "" {
			break
		}
		address = next
	}
	return resp, body, asked
}

// logIn makes a session at the page of one issuer.
func (m *metadataServer) logIn(t *testing.T, page string) {
	t.Helper()
	m.another(t)
	if resp, body, _ := m.walk(t, m.at("pinned")+page); resp.StatusCode != 201 {
		t.Fatalf("no login at %s: %d\n%s", page, resp.StatusCode, body)
	}
}

// TestPinning holds what is known of sessions where several issuers share a vhost.
func TestPinning(t *testing.T) {
	m := startMetadata(t)
	pinned := m.at("pinned")
	t.Run("OIDCDiscoverURL with iss pins a Location, with scopes and parameters of its own", func(t *testing.T) {
		m.another(t)
		resp, _ := m.ask(t, "pinned", "/a")
		discovery := resp.Header.Get("Location")
		if !strings.HasPrefix(discovery, pinned+callback+"?iss="+platform.Escape(m.one.URL)+"&target_link_uri=") || !strings.Contains(discovery, "x_csrf=") {
			t.Errorf("to %q", discovery)
		}
		resp, _ = m.ask(t, "", discovery)
		issuer := resp.Header.Get("Location")
		for _, want := range []string{m.one.URL + "/authorize?", "groups", "kc_idp_hint=a"} {
			if !strings.Contains(issuer, want) {
				t.Errorf("no %s in %q", want, issuer)
			}
		}
	})
	t.Run("without OIDCDiscoverURL the module asks for an issuer on a page of its own, with status 200", func(t *testing.T) {
		m.another(t)
		if resp, body := m.ask(t, "plain", "/page"); resp.StatusCode != 200 || !strings.Contains(body, `name="iss"`) || guardOf(body) == "" {
			t.Errorf("%d\n%s", resp.StatusCode, body)
		}
	})
	t.Run("OIDCDiscoverURL may be relative, and have a query of its own", func(t *testing.T) {
		m.another(t)
		resp, _ := m.ask(t, "fallback", "/relative")
		location := resp.Header.Get("Location")
		if !strings.HasPrefix(location, "/choose?x=1&target_link_uri=") || !strings.Contains(location, "oidc_callback=") || !strings.Contains(cookies(resp), "x_csrf=") {
			t.Errorf("%d to %q with %s", resp.StatusCode, location, cookies(resp))
		}
	})
	t.Run("a claim is compared to its last slash", func(t *testing.T) {
		m.another(t)
		if resp, _, _ := m.walk(t, m.at("fallback")+"/b-slash"); resp.StatusCode != 401 {
			t.Errorf("got %d, want 401", resp.StatusCode)
		}
	})
	t.Run("ProxyPass takes neither the redirect URI away nor the page of providers", func(t *testing.T) {
		m.another(t)
		begin, _ := m.ask(t, "proxied", callback+"?iss="+url.QueryEscape(m.one.URL)+"&target_link_uri="+url.QueryEscape(m.at("proxied")+"/page"))
		list, _ := m.ask(t, "proxied", "/page")
		if begin.StatusCode != 302 || list.StatusCode != 200 {
			t.Errorf("got %d and %d", begin.StatusCode, list.StatusCode)
		}
	})
	m.sessions(t)
}

// sessions: a session made at /a, whose issuer is the first, at pages of the second.
func (m *metadataServer) sessions(t *testing.T) {
	pinned := m.at("pinned")
	for page, want := range map[string]struct {
		fact   string
		status int
		issuer *optest.Server
	}{
		"/b":       {"Require valid-user takes the session of another issuer", 201, m.one},
		"/b-claim": {"Require claim iss alone ends there", 401, nil},
		"/b-any":   {"beside Require valid-user, Require claim iss is without effect", 201, m.one},
		"/b-login": {"with OIDCUnAutzAction auth the person logs in at the right one", 201, m.two},
		"/b-all":   {"a RequireAll of both does so as well", 201, m.two},
	} {
		t.Run(want.fact, func(t *testing.T) {
			m.logIn(t, "/a")
			resp, body, _ := m.walk(t, pinned+page)
			if resp.StatusCode != want.status || want.issuer != nil && !strings.Contains(body, "OIDC_CLAIM_iss="+want.issuer.URL+"\n") {
				t.Errorf("got %d, want %d\n%s", resp.StatusCode, want.status, body)
			}
		})
	}
}

// TestCookieFacts: what a cookie of another name or path does to a login.
func TestCookieFacts(t *testing.T) {
	m := startMetadata(t)
	t.Run("a cookie name of one Location alone makes an endless login", func(t *testing.T) {
		if resp, _, asked := m.walk(t, m.at("cookie")+"/a"); resp.StatusCode == 201 || asked <= 12 {
			t.Errorf("%d after %d requests", resp.StatusCode, asked)
		}
	})
	t.Run("a cookie path that is not above the page ends before the login", func(t *testing.T) {
		m.another(t)
		if resp, body, _ := m.walk(t, m.at("cookie-path")+"/deep/er/page"); resp.StatusCode == 201 || !strings.Contains(body, "aborting to prevent an open redirect") {
			t.Errorf("got %d\n%s", resp.StatusCode, body)
		}
	})
}

// TestTargetFacts: where a login may lead to.
func TestTargetFacts(t *testing.T) {
	m := startMetadata(t)
	for _, c := range []struct {
		fact, site, target string
		goes               bool
		says               string
	}{
		{"the redirect URI's own host is allowed", "plain", m.at("plain") + "/page", true, ""},
		{"another host is refused", "plain", "https://other.example.org/page", false, "aborting to prevent an open redirect"},
		{"OIDCRedirectURLsAllowed lets its own through", "allowed", m.at("allowed") + "/page", true, ""},
		{"OIDCRedirectURLsAllowed refuses all else", "allowed", m.at("allowed") + "/other", false, "list of allowed redirect URLs"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			m.another(t)
			resp, body := m.ask(t, c.site, callback+"?iss="+url.QueryEscape(m.one.URL)+"&target_link_uri="+url.QueryEscape(c.target))
			if goes := strings.HasPrefix(resp.Header.Get("Location"), m.one.URL); goes != c.goes || !goes && !strings.Contains(body, c.says) {
				t.Errorf("got %d to %q\n%s", resp.StatusCode, resp.Header.Get("Location"), body)
			}
		})
	}
}

// TestMetadataSyntaxFacts: what httpd says of the configuration itself.
func TestMetadataSyntaxFacts(t *testing.T) {
	m := startMetadata(t)
	httpd, err := exec.LookPath("apache2")
	if err != nil {
		need(t, err.Error())
	}
	vhost := "OIDCRedirectURI https://k.example.org/callback\nOIDCCryptoPassphrase x\nOIDCMetadataDir " + m.dir("plain") + "\n"
	for _, c := range []struct {
		fact, text string
		args       []string
		ok         bool
	}{
		{"OIDCMetadataDir beside OIDCProviderMetadataURL passes apache2 -t", vhost + "OIDCProviderMetadataURL https://i.example.org/d\nOIDCClientID x\n", []string{"-t"}, true},
		{"and keeps httpd from starting", vhost + "OIDCProviderMetadataURL https://i.example.org/d\nOIDCClientID x\n", []string{"-DONE_PROCESS"}, false},
		{"OIDCMetadataDir in a Location is refused", "<Location /a>\nOIDCMetadataDir /tmp\n</Location>\n", []string{"-t"}, false},
		{"OIDCRedirectURI in a Location is refused", "<Location /a>\nOIDCRedirectURI /x\n</Location>\n", []string{"-t"}, false},
		{"OIDCClientID in a Location is refused", "<Location /a>\nOIDCClientID x\n</Location>\n", []string{"-t"}, false},
		{"OIDCScope in a Location is refused", "<Location /a>\nOIDCScope openid\n</Location>\n", []string{"-t"}, false},
		{"OIDCProviderIssuer in a Location is refused", "<Location /a>\nOIDCProviderIssuer https://i.example.org\n</Location>\n", []string{"-t"}, false},
		{"OIDCClaimPrefix in a Location is refused", "<Location /a>\nOIDCClaimPrefix x\n</Location>\n", []string{"-t"}, false},
		{"OIDCRemoteUserClaim in a Location is refused", "<Location /a>\nOIDCRemoteUserClaim sub\n</Location>\n", []string{"-t"}, false},
	} {
		t.Run(c.fact, func(t *testing.T) {
			conf := filepath.Join(t.TempDir(), "httpd.conf")
			write(t, conf, "ServerRoot "+filepath.Dir(conf)+"\nServerName localhost\nErrorLog error.log\nPidFile pid\nListen 127.0.0.1:1\n"+modules(t)+c.text)
			out, err := exec.Command(httpd, append(c.args, "-f", conf)...).CombinedOutput()
			if (err == nil) != c.ok {
				t.Errorf("accepted %v, want %v\n%s%s", err == nil, c.ok, out, read(t, filepath.Join(filepath.Dir(conf), "error.log")))
			}
		})
	}
}
