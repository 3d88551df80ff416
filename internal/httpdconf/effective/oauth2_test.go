package effective_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

const oauth2 = `LoadModule oauth2_module "@MODULES@/mod_oauth2.so"
LoadModule authn_core_module "@MODULES@/mod_authn_core.so"
LoadModule authz_user_module "@MODULES@/mod_authz_user.so"
OAuth2TokenVerify plain key-of-main expiry=0
<VirtualHost *:@1@>
ServerName inherits.test
<Location />
AuthType oauth2
Require valid-user
</Location>
</VirtualHost>
<VirtualHost *:@1@>
ServerName own.test
OAuth2TokenVerify plain key-of-host expiry=0
<Location />
AuthType oauth2
Require valid-user
</Location>
<Location /a>
OAuth2TokenVerify plain key-one expiry=0
OAuth2TokenVerify plain key-two expiry=0
</Location>
<Location /a/b>
OAuth2TokenVerify plain key-three expiry=0
</Location>
<Location /x>
OAuth2AcceptTokenIn header name=X-One
OAuth2AcceptTokenIn query name=two
</Location>
<Location /x/b>
OAuth2AcceptTokenIn cookie name=three
</Location>
</VirtualHost>
`

// token is signed with a key.
func token(key string) string {
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(`{"sub":"x","iat":1700000000,"exp":4000000000}`))
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil))
}

// TestOAuth2Shows: which keys are taken, by host and path.
func TestOAuth2Shows(t *testing.T) {
	httpd, modules := labtest.Httpd(t)
	if _, err := os.Stat(filepath.Join(modules, "mod_oauth2.so")); err != nil {
		if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
			t.Fatal(err)
		}
		t.Skip("no mod_oauth2 beside", httpd)
	}
	s := start(t, strings.ReplaceAll(oauth2, "@MODULES@", modules))
	s.compareKeys(t)
	s.comparePlaces(t)
}

// bearer sends a token and gives the status.
func (s *site) bearer(t *testing.T, host, path string, put func(*http.Request)) int {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d%s", s.ports[0], path), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host, request.Close = host, true
	put(request)
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// comparePlaces asks where a token may stand.
func (s *site) comparePlaces(t *testing.T) {
	config, _ := effective.New(s.tree)
	server := config.Select(netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), s.ports[0]), "own.test")
	puts := map[string]func(*http.Request){
		"header": func(r *http.Request) { r.Header.Set("X-One", "Bearer "+token("key-of-host")) },
		"query":  func(r *http.Request) { r.URL.RawQuery = "two=" + token("key-of-host") },
		"cookie": func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "three", Value: token("key-of-host")}) },
	}
	for _, path := range []string{"/c.txt", "/x/b/c.txt", "/x/c.txt"} {
		var places []string
		for _, c := range server.At(effective.Request{Path: path}).Setting("OAuth2AcceptTokenIn").Commands {
			places = append(places, c.Argv()[0])
		}
		for place, put := range puts {
			status := s.bearer(t, "own.test", path, put)
			if ours, theirs := slices.Contains(places, place), status != http.StatusUnauthorized; ours != theirs {
				t.Errorf("%s with a token in %s: httpd %d, our places %v", path, place, status, places)
			}
		}
	}
}

// compareKeys asks by which keys a token may be signed.
func (s *site) compareKeys(t *testing.T) {
	config, _ := effective.New(s.tree)
	local := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), s.ports[0])
	for _, host := range []string{"inherits.test", "own.test"} {
		for _, path := range []string{"/c.txt", "/a/c.txt", "/a/b/c.txt"} {
			var keys []string
			for _, c := range config.Select(local, host).At(effective.Request{Path: path}).Setting("OAuth2TokenVerify").Commands {
				keys = append(keys, c.Argv()[1])
			}
			for _, key := range []string{"key-of-main", "key-of-host", "key-one", "key-two", "key-three"} {
				status := s.bearer(t, host, path, func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token(key)) })
				if ours, theirs := slices.Contains(keys, key), status == http.StatusOK; ours != theirs {
					t.Errorf("%s%s with %s: httpd %d, our keys %v", host, path, key, status, keys)
				}
			}
		}
	}
}
