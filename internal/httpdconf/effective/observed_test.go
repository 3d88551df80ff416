package effective_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// observable is a configuration of which each setting shows in an answer.
const observable = `LoadModule proxy_module "@MODULES@/mod_proxy.so"
LoadModule proxy_http_module "@MODULES@/mod_proxy_http.so"
LoadModule auth_openidc_module "@MODULES@/mod_auth_openidc.so"
LoadModule authn_core_module "@MODULES@/mod_authn_core.so"
LoadModule authz_user_module "@MODULES@/mod_authz_user.so"
SetEnv A main
SetEnv B main
Header always set X-A "%{A}e"
Header always set X-B "%{B}e"
Alias /al "@ROOT@/docs/a/b"
Redirect /rd http://main.test/
ProxyPass /p @BACKEND@/main
ProxyPass /only-main @BACKEND@/only-main
ErrorDocument 404 "main 404"
ErrorDocument 403 "main 403"
RequestHeader set X-Early main early
RequestHeader set X-Late main
OIDCProviderIssuer https://i.test
OIDCProviderAuthorizationEndpoint https://i.test/auth
OIDCProviderTokenEndpoint https://i.test/token
OIDCClientID main-client
OIDCClientSecret secret
OIDCCryptoPassphrase passphrase
OIDCRedirectURI http://own.test/callback
OIDCScope "openid main"
OIDCUnAuthAction 401
<VirtualHost *:@1@>
ServerName plain.test
</VirtualHost>
<VirtualHost *:@1@>
ServerName own.test
SetEnv A host
Alias /al "@ROOT@/docs/x/b"
Redirect /rd http://host.test/
ProxyPass /p @BACKEND@/host
ProxyPass /h @BACKEND@/h
ErrorDocument 404 "host 404"
RequestHeader set X-Early host early
OIDCClientID host-client
OIDCUnAuthAction auth
<Location /h>
RequestHeader set X-Late location
SetEnv B location
</Location>
<Location /p/in>
ProxyPass @BACKEND@/location
</Location>
<Location /secret>
AuthType openid-connect
Require valid-user
</Location>
<Location /secret/quiet>
OIDCUnAuthAction 401
</Location>
<Location /secret/scoped>
OIDCPathScope more
</Location>
<Location /closed>
Require all denied
ErrorDocument 403 "location 403"
</Location>
</VirtualHost>
`

// answer is what a request came to.
type answer struct {
	*http.Response
	body string
}

func (s *site) ask(t *testing.T, host, path string) answer {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, "http://"+netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), s.ports[0]).String()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	request.Close = true
	request.Header.Set("Accept", "text/html") // a browser, for mod_auth_openidc
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response, string(body)}
}

func (a answer) header(name string) string { return a.Header.Get(name) }

// query gives a parameter of where the answer leads.
func (a answer) query(name string) string {
	u, err := url.Parse(a.header("Location"))
	if err != nil {
		return ""
	}
	return u.Query().Get(name)
}

// argument gives an argument of the first or last command whose first is key.
func argument(s effective.Setting, key string, n int) string {
	for _, c := range s.Commands {
		if words := c.Argv(); len(words) > n && (key == "" || words[0] == key) {
			return words[n]
		}
	}
	return ""
}

func lastArgument(s effective.Setting, key string, early bool) string {
	value := ""
	for _, c := range s.Commands {
		if words := c.Argv(); len(words) > 2 && words[1] == key && effective.Early(c) == early {
			value = words[2]
		}
	}
	return value
}

// observations say where each setting shows, and what our model says of it.
var observations = map[string]struct {
	path string
	seen func(answer) string
	ours func(*effective.Context) string
}{
	"SetEnv of the host": {"/c.txt", func(a answer) string { return a.header("X-A") },
		func(x *effective.Context) string { return argument(x.Setting("SetEnv"), "A", 1) }},
	"SetEnv of the main server": {"/c.txt", func(a answer) string { return a.header("X-B") },
		func(x *effective.Context) string { return argument(x.Setting("SetEnv"), "B", 1) }},
	"SetEnv of a Location": {"/h/x", func(a answer) string { return a.header("X-B") },
		func(x *effective.Context) string { return argument(x.Setting("SetEnv"), "B", 1) }},
	"Alias of both": {"/al/d.html", func(a answer) string { return a.Status[:3] },
		func(x *effective.Context) string {
			if _, err := os.Stat(filepath.Join(argument(x.Setting("Alias"), "/al", 1), "d.html")); err != nil {
				return "404"
			}
			return "200"
		}},
	"Redirect": {"/rd", func(a answer) string { return a.header("Location") },
		func(x *effective.Context) string { return argument(x.Setting("Redirect"), "/rd", 1) }},
	"ProxyPass of both": {"/p", func(a answer) string { return a.header("X-Path") },
		func(x *effective.Context) string { return pathOf(argument(x.Setting("ProxyPass"), "/p", 1)) }},
	"ProxyPass of the main server": {"/only-main", func(a answer) string { return a.header("X-Path") },
		func(x *effective.Context) string { return pathOf(argument(x.Setting("ProxyPass"), "/only-main", 1)) }},
	"ProxyPass of a Location": {"/p/in", func(a answer) string { return a.header("X-Path") },
		func(x *effective.Context) string { return pathOf(argument(x.Setting("ProxyPass"), "", 0)) }},
	"ErrorDocument 404": {"/none", func(a answer) string { return a.body },
		func(x *effective.Context) string { return argument(x.Setting("ErrorDocument"), "404", 1) }},
	"ErrorDocument 403": {"/closed", func(a answer) string { return a.body },
		func(x *effective.Context) string { return argument(x.Setting("ErrorDocument"), "403", 1) }},
	"RequestHeader": {"/h", func(a answer) string { return a.header("X-Late") },
		func(x *effective.Context) string { return lastArgument(x.Setting("RequestHeader"), "X-Late", false) }},
	"RequestHeader of the main server": {"/only-main", func(a answer) string { return a.header("X-Late") },
		func(x *effective.Context) string { return lastArgument(x.Setting("RequestHeader"), "X-Late", false) }},
	"RequestHeader early": {"/h", func(a answer) string { return a.header("X-Early") },
		func(x *effective.Context) string { return lastArgument(x.Setting("RequestHeader"), "X-Early", true) }},
	"OIDCClientID": {"/secret", func(a answer) string { return a.query("client_id") },
		func(x *effective.Context) string { return x.Setting("OIDCClientID").Value() }},
	"OIDCScope of the main server": {"/secret", func(a answer) string { return a.query("scope") },
		func(x *effective.Context) string { return x.Setting("OIDCScope").Value() }},
	"OIDCPathScope": {"/secret/scoped", func(a answer) string { return a.query("scope") },
		func(x *effective.Context) string {
			return x.Setting("OIDCScope").Value() + " " + x.Setting("OIDCPathScope").Value()
		}},
	"OIDCUnAuthAction of the host":   {"/secret", func(a answer) string { return a.Status[:3] }, unauthorized},
	"OIDCUnAuthAction of a Location": {"/secret/quiet", func(a answer) string { return a.Status[:3] }, unauthorized},
	"AuthType and Require inherited": {"/secret/quiet", func(a answer) string { return a.Status[:3] },
		func(x *effective.Context) string {
			authz, _ := x.Authz()
			if authz != nil && x.Setting("AuthType").Value() == "openid-connect" {
				return "401"
			}
			return "404"
		}},
}

func unauthorized(x *effective.Context) string {
	if x.Setting("OIDCUnAuthAction").Value() == "401" {
		return "401"
	}
	return "302"
}

func pathOf(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	return u.Path
}

func TestSettingsShow(t *testing.T) {
	httpd, modules := labtest.Httpd(t)
	if _, err := os.Stat(filepath.Join(modules, "mod_auth_openidc.so")); err != nil {
		if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
			t.Fatal(err)
		}
		t.Skip("no mod_auth_openidc beside", httpd)
	}
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Path", r.URL.Path)
		w.Header().Set("X-Late", r.Header.Get("X-Late"))
		w.Header().Set("X-Early", r.Header.Get("X-Early"))
	}))
	defer backend.Close()
	s := start(t, strings.NewReplacer("@BACKEND@", backend.URL, "@MODULES@", modules).Replace(observable))
	config, _ := effective.New(s.tree)
	for name, o := range observations {
		t.Run(name, func(t *testing.T) {
			x := config.Select(netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), s.ports[0]), "own.test").At(effective.Request{Path: o.path})
			if got, want := o.ours(x), o.seen(s.ask(t, "own.test", o.path)); got != want {
				t.Errorf("ours %q, httpd %q", got, want)
			}
		})
	}
}
