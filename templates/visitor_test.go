package templates_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// public is where browsers find Keystone.
const public = "https://keystone.example.org:5000"

// visitor is a browser without scripts, for whom a running httpd is Keystone.
type visitor struct {
	web  *http.Client
	went []string // every address it was sent to, without queries
	by   []string // the controllers that answered, where a balancer names them
}

// visit gives somebody a browser without cookies.
func visit(t *testing.T, s site, servers map[string]*optest.Server) *visitor {
	t.Helper()
	pool := x509.NewCertPool()
	for _, server := range servers {
		pool.AppendCertsFromPEM([]byte(read(t, server.CAFile)))
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	outside := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true}
	v := &visitor{}
	v.web = &http.Client{Jar: jar, Timeout: 20 * time.Second, Transport: way{strings.TrimPrefix(s.public, "http://"), outside, &v.by}, CheckRedirect: v.goes}
	return v
}

// goes notes the way, which ends where a dashboard's begins: nobody is there.
func (v *visitor) goes(req *http.Request, via []*http.Request) error {
	at := *req.URL
	at.RawQuery = ""
	v.went = append(v.went, at.String())
	if strings.HasPrefix(at.Host, "dashboard.") {
		return http.ErrUseLastResponse
	}
	if len(via) >= 12 {
		return fmt.Errorf("sent on %d times: %s", len(via), strings.Join(v.went, " "))
	}
	return nil
}

// way connects to Keystone's name at a site: TLS ends before it.
type way struct {
	site    string
	outside http.RoundTripper
	by      *[]string
}

// RoundTrip serves http.RoundTripper.
func (w way) RoundTrip(req *http.Request) (*http.Response, error) {
	if "https://"+req.URL.Host != public {
		return w.outside.RoundTrip(req)
	}
	there := req.Clone(req.Context())
	there.URL.Scheme, there.URL.Host, there.Host = "http", w.site, req.URL.Host
	resp, err := w.outside.RoundTrip(there)
	if resp != nil {
		resp.Request = req
		*w.by = append(*w.by, resp.Header.Get("X-Controller"))
	}
	return resp, err
}

// page is what a browser shows in the end.
type page struct {
	status         int
	at, body, back string // back: where a last redirect would lead
}

// open goes to an address, and on as it is told.
func (v *visitor) open(t *testing.T, address string) (page, error) {
	t.Helper()
	v.went, v.by = nil, nil
	for range 5 {
		p, err := v.get(t, address)
		if err != nil {
			return p, err
		}
		next, refreshed := refresh(p.body)
		if !refreshed {
			return p, nil
		}
		address = next
	}
	return page{}, fmt.Errorf("refreshed without end")
}

func (v *visitor) get(t *testing.T, address string) (page, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html")
	resp, err := v.web.Do(req)
	if err != nil {
		return page{}, err
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return page{resp.StatusCode, resp.Request.URL.String(), string(body), resp.Header.Get("Location")}, nil
}

// mustOpen is open where nothing may fail.
func (v *visitor) mustOpen(t *testing.T, address string) page {
	t.Helper()
	p, err := v.open(t, address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// refresh finds the module's way to send on whom it may not redirect.
func refresh(body string) (string, bool) {
	m := regexp.MustCompile(`(?i)http-equiv="refresh" content="0; ?url=([^"]+)"`).FindStringSubmatch(body)
	if m == nil {
		return "", false
	}
	return html.UnescapeString(m[1]), true
}

// isAt fails the test unless Keystone was reached with a session of this issuer.
func (p page) isAt(t *testing.T, issuer string) {
	t.Helper()
	if p.status != http.StatusCreated || !strings.Contains(p.body, "OIDC-iss="+issuer+"\n") {
		t.Errorf("got %d at %s, want a session of %s\n%s", p.status, p.at, issuer, p.body)
	}
}

// login is an address of websso with a dashboard to come back to.
func login(path string) string {
	return public + path + "?origin=" + url.QueryEscape("https://dashboard.example.org/dashboard/auth/websso/")
}

// visited is issuers to whom people come by browser.
func visited(t *testing.T, ids ...string) (*spec.Federation, templates.Inputs, map[string]*optest.Server) {
	t.Helper()
	fed, in, servers := issuers(t, ids...)
	parties(servers)
	for id, s := range servers {
		in.Documents[id] = parsed(s.URL, s.Document)
	}
	fed.HTTPD.CABundle = text("/etc/ca.pem")
	return fed, in, servers
}

// parties registers the relying party at each provider, and a way to log out.
func parties(servers map[string]*optest.Server) {
	for id, s := range servers {
		s.Secrets["keystone"] = "canary-of-client_" + strings.ToLower(id)
		s.Redirects = []string{public + "/v3/OS-FEDERATION/redirect_uri"}
		s.Document["end_session_endpoint"] = s.URL + "/end"
		s.Handle("/end", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Query().Get("post_logout_redirect_uri")+"?hint="+fmt.Sprint(r.URL.Query().Get("id_token_hint") != ""), http.StatusFound)
		})
	}
}
