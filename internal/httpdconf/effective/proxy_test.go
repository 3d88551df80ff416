package effective_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// proxied is a server that passes everything on, with sections for some of it that
// say which they are.
const proxied = `LoadModule proxy_module "@MODULES@/mod_proxy.so"
LoadModule proxy_http_module "@MODULES@/mod_proxy_http.so"
Header always add X-Trace main
<Proxy *>
Header always add X-Trace all
</Proxy>
<Proxy "@BACKEND@/clo">
Header always add X-Trace beginning
Require all denied
</Proxy>
<ProxyMatch "/re[a-z]+/d$">
Header always add X-Trace expression
</ProxyMatch>
<Proxy "@BACKEND@/w*d">
Header always add X-Trace wildcard
Require all denied
</Proxy>
<Proxy "PROXY:@BACKEND@/scheme">
Header always add X-Trace scheme
</Proxy>
<Proxy "@BACKEND@/merged">
Header always add X-Trace merged
Require all denied
</Proxy>
<Proxy "@BACKEND@/merged/">
AuthMerging Or
Require all granted
</Proxy>
<Directory />
Header always add X-Trace directory
Require all denied
</Directory>
<Files "*">
Header always add X-Trace files
Require all denied
</Files>
<Location /closed/but>
Header always add X-Trace location
Require all granted
</Location>
ProxyPass / @BACKEND@/
<VirtualHost *:@1@>
ServerName own.test
<Proxy "@BACKEND@/own">
Header always add X-Trace host
Require all denied
</Proxy>
<Location />
Header always add X-Trace root
</Location>
</VirtualHost>
`

// TestProxyAgainstHttpd: what <Proxy> says holds for what is passed on, and
// <Directory> and <Files> do not.
func TestProxyAgainstHttpd(t *testing.T) {
	_, modules := labtest.Httpd(t)
	backend := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer backend.Close()
	s := start(t, strings.NewReplacer("@MODULES@", modules, "@BACKEND@", backend.URL).Replace(proxied))
	config, _ := effective.New(s.tree)
	for host, port := range map[string]uint16{"own.test": s.ports[0], "127.0.0.1": s.ports[1]} {
		local := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), port)
		server := config.Select(local, host)
		for _, path := range []string{"/", "/c.txt", "/closed", "/closed/but/open", "/regex/d", "/w/x/d", "/scheme/x", "/merged", "/merged/x", "/own"} {
			x := server.At(effective.Request{Path: path, File: s.root + "/docs" + path, Proxy: backend.URL + path})
			status, theirs := s.get(t, local, host, path)
			if diff := cmp.Diff(theirs, trace(x)); diff != "" {
				t.Errorf("%s %s (-httpd +ours):\n%s", host, path, diff)
			}
			authz, _ := x.Authz()
			if want := map[bool]int{true: http.StatusOK, false: http.StatusForbidden}[granted(authz)]; want != status {
				log, _ := os.ReadFile(s.root + "/error.log")
				t.Errorf("%s %s: httpd %d, ours %d\n%s", host, path, status, want, log)
			}
		}
	}
}
