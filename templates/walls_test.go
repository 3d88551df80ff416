package templates_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// TestWalls asks, byte for byte as written, for what no client library sends.
// Whatever is asked, the application may see an identity only with the right
// token at the right path.
func TestWalls(t *testing.T) {
	fed, in, servers := issuers(t, "corp", "partner")
	servers["stranger"] = optest.New(t)
	fed.HTTPD.CABundle = text("/etc/ca.pem")
	r := renderSite(t, fed, in)
	trustAll(t, fed, r, servers)
	s := start(t, r)
	gate := site{public: fmt.Sprintf("http://127.0.0.1:%d", fed.HTTPD.GatePort.Value), log: s.log}
	t.Run("spellings", func(t *testing.T) { spellings(t, s, servers) })
	t.Run("headers", func(t *testing.T) { headers(t, s, servers) })
	t.Run("tokens", func(t *testing.T) { falseTokens(t, s, servers) })
	t.Run("TRACE", func(t *testing.T) { noTrace(t, s, gate) })
	t.Run("the gate's port", func(t *testing.T) { gatePort(t, gate, servers) })
	t.Run("redirect URI", func(t *testing.T) { redirectURI(t, s, servers) })
	if text := read(t, s.log) + read(t, r.root+"/var/log/apache2/keystone_wsgi_error.log"); strings.Contains(text, "eyJ") {
		t.Error("httpd's log holds a token")
	}
}

// forgedClaims are an identity in every spelling that applications read.
func forgedClaims(issuer string) string {
	var b strings.Builder
	for _, name := range []string{"OIDC-iss", "OIDC_iss", "oidc-ISS", "HTTP_OIDC_ISS", "HTTP-OIDC-ISS", "OIDC_CLAIM_iss"} {
		b.WriteString(name + ": " + issuer + "\r\n")
	}
	for _, name := range []string{"OIDC-sub", "OIDC-preferred_username", "OIDC-preferred-username", "REMOTE_USER", "REMOTE-USER", "Remote-User", "X-Remote-User"} {
		b.WriteString(name + ": admin\r\n")
	}
	return b.String()
}

// spellings of one path, with forged claims and with the other issuer's token.
func spellings(t *testing.T, s site, servers map[string]*optest.Server) {
	path := at(auth, "corp")
	other := servers["partner"].Sign(servers["partner"].AccessClaims("cli", "alice"))
	for name, target := range map[string]string{
		"as it is": path, "slash before": "/" + path, "all slashes doubled": strings.ReplaceAll(path, "/", "//"), "slash after": path + "/",
		"dot": "/." + path, "dot inside": strings.Replace(path, "/auth", "/./auth", 1), "dots": "/x/.." + path, "dots inside": strings.Replace(path, "corp", "partner/../corp", 1),
		"encoded dot": "/%2e" + path, "encoded dots": "/x/%2e%2e" + path, "encoded slash": strings.Replace(path, "/auth", "%2fauth", 1), "encoded letter": strings.Replace(path, "/auth", "/%61uth", 1),
		"encoded twice": strings.Replace(path, "/auth", "/%2561uth", 1), "NUL": path + "%00", "newline": path + "%0a", "space": path + "%20", "backslash": strings.Replace(path, "/auth", "%5cauth", 1), "overlong slash": strings.Replace(path, "/auth", "%c0%afauth", 1),
		"parameter": path + ";x", "parameter inside": strings.Replace(path, "corp", "corp;x", 1), "parameter before": "/v3;x" + path[3:], "question mark": path + "%3f", "number sign": path + "%23",
		"query": path + "?access_token=" + other, "absolute": "http://keystone.example.org:5000" + path, "absolute, the gate's name": "http://corp.gate.invalid" + path, "absolute, another": "http://other.example.org" + path,
		"twice": "/v3" + path, "prefixed": "/identity" + path, "below": path + "/x", "longer": path + "x", "suffix": path + ".json",
	} {
		for who, header := range map[string]string{"forged": forgedClaims(servers["corp"].URL), "another issuer's": "Authorization: Bearer " + other + "\r\n"} {
			t.Run(name+", "+who, func(t *testing.T) {
				resp, body := s.raw(t, "POST "+target+" HTTP/1.1\r\nHost: keystone.example.org:5000\r\nContent-Length: 0\r\n"+header+"Connection: close\r\n\r\n")
				expectNobody(t, resp, body)
			})
		}
	}
}

// headers that proxies treat of their own accord.
func headers(t *testing.T, s site, servers map[string]*optest.Server) {
	own := "Authorization: Bearer " + servers["corp"].Sign(servers["corp"].AccessClaims("cli", "alice")) + "\r\n"
	other := "Authorization: Bearer " + servers["partner"].Sign(servers["partner"].AccessClaims("cli", "alice")) + "\r\n"
	for name, c := range map[string]string{
		"hop by hop: Authorization":  own + "Connection: close, Authorization\r\n",
		"hop by hop: Host":           other + "Connection: close, Host\r\n",
		"forwarded names":            other + "X-Forwarded-Host: partner.gate.invalid\r\nForwarded: host=partner.gate.invalid\r\nX-Host: partner.gate.invalid\r\n",
		"a second Host":              other + "Host: partner.gate.invalid\r\n",
		"two tokens, other first":    other + own,
		"two tokens, own first":      own + other,
		"two tokens in one line":     strings.TrimSuffix(other, "\r\n") + ", " + strings.TrimPrefix(own, "Authorization: "),
		"Basic":                      strings.Replace(own, "Bearer", "Basic", 1),
		"no scheme":                  strings.Replace(own, "Bearer ", "", 1),
		"Proxy-Authorization":        "Proxy-" + own,
		"cookie":                     "Cookie: access_token=" + strings.TrimSpace(strings.TrimPrefix(own, "Authorization: Bearer ")) + "\r\n",
		"an unknown coding":          own + "Transfer-Encoding: xchunked\r\n",
		"WebSocket":                  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n",
		"an older protocol, no Host": "",
	} {
		t.Run(name, func(t *testing.T) {
			first := "POST " + at(auth, "corp") + " HTTP/1.1\r\nHost: keystone.example.org:5000\r\nContent-Length: 0\r\n"
			if c == "" {
				first = "POST " + at(auth, "corp") + " HTTP/1.0\r\n"
			}
			resp, body := s.raw(t, first+c+"\r\n")
			expectNobody(t, resp, body)
		})
	}
}

// falseTokens have the right claims and no right signature.
func falseTokens(t *testing.T, s site, servers map[string]*optest.Server) {
	corp := servers["corp"]
	claims := corp.AccessClaims("cli", "alice")
	good := corp.Sign(claims)
	parts := strings.Split(good, ".")
	public, err := corp.Keys.Public().Keys[0].MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	foreign := optest.NewKeys(t)
	foreign.Other(t)
	for name, token := range map[string]string{
		"alg none":              "eyJhbGciOiJub25lIn0." + parts[1] + ".",
		"alg none, a signature": "eyJhbGciOiJub25lIn0." + parts[1] + "." + parts[2],
		"no signature":          parts[0] + "." + parts[1],
		"HS256, public key":     optest.Sign(jose.HS256, public, claims, map[string]any{"kid": "rsa"}),
		"HS256, client secret":  optest.Sign(jose.HS256, []byte("canary-of-client_corp"+strings.Repeat("\x00", 32)), claims, nil),
		"another key, same kid": foreign.RS256(claims, nil),
		"another key, no kid":   foreign.RS256(claims, map[string]any{"kid": nil}),
		"a key in the header":   foreign.RS256(claims, map[string]any{"jwk": foreign.Public().Keys[0], "kid": nil}),
		"a key's address":       foreign.RS256(claims, map[string]any{"jku": servers["stranger"].URL + "/jwks", "kid": "x"}),
		"claims exchanged":      parts[0] + "." + strings.Split(corp.Sign(corp.AccessClaims("cli", "admin")), ".")[1] + "." + parts[2],
	} {
		t.Run(name, func(t *testing.T) {
			resp, body := s.ask(t, "POST", at(auth, "corp"), http.Header{"Authorization": {"Bearer " + token}})
			if resp.StatusCode != http.StatusUnauthorized {
				t.Errorf("got %d, want 401\n%s", resp.StatusCode, body)
			}
		})
	}
}

func noTrace(t *testing.T, public, gate site) {
	for _, path := range []string{"/", "/v3", at(auth, "corp"), at(websso, "corp"), "/v3/OS-FEDERATION/redirect_uri"} {
		for where, s := range map[string]site{"keystone.example.org:5000": public, "corp.gate.invalid": gate, "default.gate.invalid": gate} {
			resp, body := s.raw(t, "TRACE "+path+" HTTP/1.1\r\nHost: "+where+"\r\nX-Canary: sings\r\nConnection: close\r\n\r\n")
			if resp.StatusCode < 400 || strings.Contains(body, "sings") {
				t.Errorf("TRACE %s at %s: got %d\n%s", path, where, resp.StatusCode, body)
			}
		}
	}
}

// gatePort is what other programs of the controller can reach.
func gatePort(t *testing.T, gate site, servers map[string]*optest.Server) {
	for _, host := range []string{"corp.gate.invalid", "CORP.gate.invalid", "corp.gate.invalid.", "partner.gate.invalid", "default.gate.invalid", "localhost", "other.example.org"} {
		for id, server := range map[string]*optest.Server{"": nil, "corp": servers["corp"], "partner": servers["partner"]} {
			header := forgedClaims(servers["corp"].URL)
			if server != nil {
				header += "Authorization: Bearer " + server.Sign(server.AccessClaims("cli", "alice")) + "\r\n"
			}
			for _, path := range []string{"/", "/v3/auth/tokens", at(auth, "corp"), at(auth, "partner"), at(websso, "corp"), "/v3/auth/OS-FEDERATION/websso/openid"} {
				for _, method := range []string{"GET", "POST", "OPTIONS"} {
					resp, body := gate.raw(t, method+" "+path+" HTTP/1.1\r\nHost: "+host+"\r\nContent-Length: 0\r\n"+header+"Connection: close\r\n\r\n")
					atHome := id != "" && method != "OPTIONS" && path == at(auth, id) && strings.HasPrefix(strings.ToLower(host), id+".gate.invalid")
					if admitted := resp.StatusCode < 400; admitted != atHome {
						t.Errorf("%s %s at %s with the token of %q: got %d\n%s", method, path, host, id, resp.StatusCode, body)
					}
				}
			}
		}
	}
}

// redirectURI: nobody who has not logged in makes httpd ask a host of his choice,
// or sends a browser to one.
func redirectURI(t *testing.T, s site, servers map[string]*optest.Server) {
	stranger, corp := servers["stranger"], url.QueryEscape(servers["corp"].URL)
	strange := url.QueryEscape(stranger.URL)
	rest := "&target_link_uri=" + url.QueryEscape("https://keystone.example.org:5000/v3") + "&x_csrf=a&method=get"
	account := "a%40" + strings.TrimPrefix(stranger.URL, "https://")
	for _, query := range []string{
		"iss=" + strange + rest, "iss=" + stranger.URL + rest, "iss=" + corp + "&iss=" + strange + rest, "iss=" + corp + rest + "&iss=" + strange,
		"disc_user=" + account + rest, "iss=" + account + rest, "iss=" + corp + rest + "&disc_user=" + account, "state=x&error=y&iss=" + strange + rest, "state=x&code=y&disc_user=" + account + rest,
		"state=x&code=y&iss=" + strange + rest, "iss=" + corp + "&target_link_uri=https%3A%2F%2Fother.example.org%2F&x_csrf=a&method=get",
		"", "info=json", "jwks=rsa", "refresh=https://other.example.org", "refresh=/x&access_token=x", "logout=https://other.example.org", "logout=//other.example.org", "logout=/x", "session=logout", "remove_at_cache=x", "revoke_session=x", "request_uri=x",
	} {
		for _, method := range []string{"GET", "POST", "PUT"} {
			resp, body := s.raw(t, method+" /v3/OS-FEDERATION/redirect_uri?"+query+" HTTP/1.1\r\nHost: keystone.example.org:5000\r\nCookie: x_csrf=a\r\nAccept: text/html\r\nUser-Agent: test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			if strings.Contains(resp.Header.Get("Location"), "other.example.org") || resp.StatusCode == 201 {
				t.Errorf("%s ?%s: got %d to %s\n%s", method, query, resp.StatusCode, resp.Header.Get("Location"), body)
			}
		}
	}
	for _, path := range []string{"/.well-known/openid-configuration", "/.well-known/webfinger", "/jwks"} {
		if n := stranger.Asked(path); n != 0 {
			t.Errorf("httpd asked a host that is no issuer of ours %d times for %s", n, path)
		}
	}
}

// identity is what Keystone could take for one in its environment. A header
// HTTP-OIDC-ISS becomes HTTP_HTTP_OIDC_ISS there, which nothing reads.
var identity = regexp.MustCompile(`(?m)^(OIDC|HTTP_OIDC|REMOTE_USER)`)

// expectNobody accepts a refusal, and an answer of the application that names
// nobody: then the path is none at which Keystone logs anybody in.
func expectNobody(t *testing.T, resp *http.Response, body string) {
	t.Helper()
	if resp.StatusCode < 400 && identity.MatchString(body) {
		t.Errorf("got %d, and the application sees:\n%s", resp.StatusCode, body)
	}
}

// raw sends bytes and reads one answer.
func (s site) raw(t *testing.T, request string) (*http.Response, string) {
	t.Helper()
	conn, err := net.DialTimeout("tcp", strings.TrimPrefix(s.public, "http://"), 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return resp, string(body)
}
