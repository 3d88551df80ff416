package templates_test

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/platform"
)

const callback = "/callback"

// metadataServer is one httpd with a vhost for each way to set the module up, and
// its issuers.
type metadataServer struct {
	issuer *optest.Server // several, by their paths: those of the facts
	one    *optest.Server
	two    *optest.Server
	root   string
	ports  map[string]string // by the vhost's name
	client *http.Client      // follows nothing, and keeps cookies
}

// metadataSites are the vhosts: directives of the server, and Locations. %[1]s is
// the first issuer and %[2]s the second, as they stand in a query; %[3]s is the
// second as it is.
var metadataSites = map[string]string{
	"plain": `<Location />
AuthType openid-connect
Require valid-user
</Location>`,
	"open": `<Location />
AuthType openid-connect
Require valid-user
</Location>`,
	"pinned": `<Location />
AuthType openid-connect
Require valid-user
</Location>
<Location /a>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[1]s
OIDCPathScope groups
OIDCPathAuthRequestParams kc_idp_hint=a
</Location>
<Location /b>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[2]s
</Location>
<Location /b-claim>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[2]s
Require claim iss:%[3]s
</Location>
<Location /b-any>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[2]s
Require claim iss:%[3]s
Require valid-user
</Location>
<Location /b-login>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[2]s
OIDCUnAutzAction auth
Require claim iss:%[3]s
</Location>
<Location /b-all>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[2]s
OIDCUnAutzAction auth
<RequireAll>
Require claim iss:%[3]s
Require valid-user
</RequireAll>
</Location>`,
	"fallback": `OIDCScope "openid of-the-vhost"
OIDCPKCEMethod S256
<Location />
AuthType openid-connect
Require valid-user
</Location>
<Location /relative>
OIDCDiscoverURL /choose?x=1
</Location>
<Location /b-slash>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[2]s
Require claim iss:%[3]s/
</Location>`,
	"proxied": `ProxyPass / http://127.0.0.1:1/
<Location />
AuthType openid-connect
Require valid-user
</Location>`,
	"cookie": `<Location />
AuthType openid-connect
Require valid-user
</Location>
<Location /a>
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[1]s
OIDCCookie of_this_location
</Location>`,
	"cookie-path": `OIDCCookiePath /elsewhere
<Location />
AuthType openid-connect
Require valid-user
OIDCDiscoverURL http://127.0.0.1:PORT/callback?iss=%[1]s
</Location>`,
	"allowed": `OIDCRedirectURLsAllowed ^http://127\.0\.0\.1:PORT/page$
<Location />
AuthType openid-connect
Require valid-user
</Location>`,
}

const metadataVhost = `Listen 127.0.0.1:%[1]s
<VirtualHost 127.0.0.1:%[1]s>
OIDCMetadataDir %[2]s
OIDCRedirectURI http://127.0.0.1:%[1]s/callback
OIDCCryptoPassphrase of-this-test-%[1]s
OIDCCABundlePath %[3]s
OIDCCacheShmMax 128
WSGIProcessGroup echo
WSGIScriptAlias / %[4]s
%[5]s
</VirtualHost>
`

// startMetadata starts httpd; the test that asked for it ends it.
func startMetadata(t *testing.T) *metadataServer {
	t.Helper()
	m := &metadataServer{issuer: optest.New(t), one: optest.New(t), two: optest.New(t), root: t.TempDir(), ports: map[string]string{}}
	m.another(t)
	httpd, err := exec.LookPath("apache2")
	if err != nil || os.Geteuid() != 0 {
		need(t, "httpd (apache2 with mod_auth_openidc and mod_wsgi) and root are needed")
	}
	openFor(t, m.root)
	write(t, filepath.Join(m.root, "ca.pem"), read(t, m.issuer.CAFile))
	write(t, filepath.Join(m.root, "echo.wsgi"), echo)
	conf := filepath.Join(m.root, "httpd.conf")
	write(t, filepath.Join(m.root, "vhosts.conf"), m.vhosts(t))
	write(t, conf, fmt.Sprintf(frame, m.root, modules(t), filepath.Join(m.root, "vhosts.conf")))
	m.metadata(t)
	s := site{public: m.at("plain"), log: filepath.Join(m.root, "error.log")}
	run(t, exec.Command(httpd, "-DFOREGROUND", "-f", conf), s)
	return m
}

// another begins with a browser that has no cookies.
func (m *metadataServer) another(t *testing.T) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(read(t, m.issuer.CAFile)))
	m.client = &http.Client{
		Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: pool}}, // a page of the module's has a second answer behind it
	}
}

func (m *metadataServer) vhosts(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("WSGIDaemonProcess echo\nLogLevel error\n")
	for _, name := range slices.Sorted(maps.Keys(metadataSites)) {
		m.ports[name] = labtest.FreePort(t)
		locations := fmt.Sprintf(metadataSites[name]+"%.0[1]s%.0[2]s%.0[3]s", platform.Escape(m.one.URL), platform.Escape(m.two.URL), m.two.URL)
		fmt.Fprintf(&b, metadataVhost, m.ports[name], m.dir(name), filepath.Join(m.root, "ca.pem"), filepath.Join(m.root, "echo.wsgi"),
			strings.ReplaceAll(locations, "PORT", m.ports[name]))
	}
	return b.String()
}

// dir is a vhost's metadata directory: of its own where httpd may write it.
func (m *metadataServer) dir(name string) string {
	if name == "open" {
		return filepath.Join(m.root, "open")
	}
	return filepath.Join(m.root, "closed")
}

// metadata writes the files of every issuer.
func (m *metadataServer) metadata(t *testing.T) {
	t.Helper()
	facts := append(metadataFacts(m.issuer.URL), metadataFact{of: m.one}, metadataFact{of: m.two})
	for _, f := range facts {
		if f.of == nil {
			f.of = m.issuer
		}
		name := cmp.Or(f.name, platform.MetadataName(f.of.URL+f.path))
		for suffix, text := range f.text() {
			write(t, filepath.Join(m.dir("plain"), name+suffix), changedMembers(t, text, f.files[suffix]))
		}
	}
	write(t, filepath.Join(m.dir("open"), "keep"), "")
	if err := os.Chmod(m.dir("open"), 0o777); err != nil {
		t.Fatal(err)
	}
}

func (f metadataFact) text() map[string]string {
	u := f.of.URL
	return map[string]string{
		".provider": fmt.Sprintf(`{"issuer": %q, "authorization_endpoint": %q, "token_endpoint": %q, "jwks_uri": %q, "response_types_supported": ["code", "code id_token"]}`, u+f.path, u+"/authorize", u+"/token", u+"/jwks"),
		".client":   `{"client_id": "cli", "client_secret": "cli-secret-canary"}`,
		".conf":     `{"pkce_method": "S256", "response_type": "code"}`,
	}
}

// changedMembers lays members over those of an object; null takes one away.
func changedMembers(t *testing.T, text, changes string) string {
	t.Helper()
	members := map[string]any{}
	for _, object := range []string{text, "{" + changes + "}"} {
		if err := json.Unmarshal([]byte(object), &members); err != nil {
			t.Fatalf("%s: %v", object, err)
		}
	}
	maps.DeleteFunc(members, func(_ string, v any) bool { return v == nil })
	out, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func (m *metadataServer) at(site string) string { return "http://127.0.0.1:" + m.ports[site] }

// ask sends one request of a browser to a vhost, or to a whole address.
func (m *metadataServer) ask(t *testing.T, site, path string) (*http.Response, string) {
	t.Helper()
	address := path
	if !strings.Contains(strings.SplitN(path, "?", 2)[0], "://") {
		address = m.at(site) + path
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml")
	resp, err := m.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func (m *metadataServer) has(t *testing.T, site, name string) bool {
	t.Helper()
	_, err := os.Stat(filepath.Join(m.dir(site), name))
	return err == nil
}

// said gives the lines of the error log about an issuer.
func (m *metadataServer) said(issuer string) string {
	var out strings.Builder
	text, _ := os.ReadFile(filepath.Join(m.root, "error.log"))
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, issuer) {
			out.WriteString(line)
		}
	}
	return out.String()
}
