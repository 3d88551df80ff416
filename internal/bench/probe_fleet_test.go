package bench

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// far is a cloud of several controllers and many issuers, each answer of which
// takes as long as one from another continent.
type far struct {
	delay   time.Duration
	keys    *optest.Keys
	url     string // https://127.0.0.1:PORT, of Keystone and the issuers
	ca      string
	asked   atomic.Int64 // at Keystone
	now     atomic.Int64
	most    atomic.Int64
	minted  atomic.Int64
	revoked atomic.Int64
}

// newFar listens on as many addresses of loopback, all with one port and one name.
func newFar(b *testing.B, controllers int, delay time.Duration) *far {
	b.Helper()
	f := &far{delay: delay, keys: optest.NewKeys(b)}
	first := httptest.NewUnstartedServer(f)
	first.Config.ErrorLog = log.New(io.Discard, "", 0)
	first.StartTLS()
	b.Cleanup(first.Close)
	f.url = first.URL
	_, port, _ := net.SplitHostPort(first.Listener.Addr().String())
	for i := 2; i <= controllers; i++ {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.%d:%s", i, port))
		if err != nil {
			b.Fatal(err)
		}
		other := &http.Server{Handler: f, ErrorLog: first.Config.ErrorLog}
		go func() { _ = other.Serve(tls.NewListener(listener, first.TLS)) }()
		b.Cleanup(func() { _ = other.Close() })
	}
	f.ca = filepath.Join(b.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: first.Certificate().Raw})
	if err := os.WriteFile(f.ca, text, 0o600); err != nil {
		b.Fatal(err)
	}
	return f
}

// ServeHTTP serves http.Handler.
func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.most.Store(max(f.most.Load(), f.now.Add(1)))
	defer f.now.Add(-1)
	time.Sleep(f.delay)
	if issuer, path, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/issuer/"), "/"); ok && strings.HasPrefix(r.URL.Path, "/issuer/") {
		f.issuer(w, issuer, path)
		return
	}
	f.asked.Add(1)
	f.keystone(w, r)
}

func (f *far) issuer(w http.ResponseWriter, id, path string) {
	at := f.url + "/issuer/" + id
	switch path {
	case "jwks":
		optest.JSON(w, 200, f.keys.Public())
	case "token":
		now := time.Now()
		token := f.keys.RS256(map[string]any{"iss": at, "aud": "keystone", "azp": "cli", "client_id": "cli", "sub": id, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()}, nil)
		optest.JSON(w, 200, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 3600})
	case "authorize":
		_, _ = io.WriteString(w, `<html><form method="post"><input name="username"><input name="password" type="password"></form></html>`)
	default:
		optest.JSON(w, 200, map[string]any{"issuer": at, "authorization_endpoint": at + "/authorize", "token_endpoint": at + "/token", "jwks_uri": at + "/jwks",
			"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"}})
	}
}

func (f *far) keystone(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "X-Auth-Token")
	switch r.Method + " " + r.URL.Path {
	case "GET /v3":
		optest.JSON(w, 200, map[string]any{"version": map[string]any{"id": "v3.14", "links": []any{map[string]string{"rel": "self", "href": f.url + "/v3/"}}}})
	case "GET /v3/auth/projects":
		optest.JSON(w, 200, map[string]any{"projects": []any{map[string]any{"id": "p1", "name": "demo", "enabled": true}}})
	case "GET /v3/auth/catalog":
		endpoint := map[string]any{"id": "e1", "interface": "public", "region": "r", "region_id": "r", "url": f.url + "/v3"}
		optest.JSON(w, 200, map[string]any{"catalog": []any{map[string]any{"id": "s1", "type": "identity", "name": "keystone", "endpoints": []any{endpoint}}}})
	case "POST /v3/auth/tokens":
		f.mint(w, holder(r), map[string]any{"project": map[string]any{"id": "p1", "name": "demo", "domain": map[string]any{"id": "d", "name": "d"}}, "roles": []any{map[string]any{"id": "r", "name": "member"}}, "methods": []string{"token", "openid"}, "is_domain": false, "catalog": []any{}})
	case "GET /v3/auth/tokens":
		optest.JSON(w, 404, map[string]any{"error": map[string]any{"code": 404, "message": "Failed to validate token", "title": "Not Found"}})
	case "DELETE /v3/auth/tokens":
		f.revoked.Add(1)
		w.WriteHeader(204)
	default:
		f.door(w, r)
	}
}

// holder is the identity provider of the token that is scoped: mint puts it there.
func holder(r *http.Request) string {
	var body struct {
		Auth struct {
			Identity struct{ Token struct{ ID string } }
		}
	}
	_ = json.NewDecoder(r.Body).Decode(&body) // without a body nobody is found, and the probe says so
	_, name, _ := strings.Cut(body.Auth.Identity.Token.ID, "-")
	return name
}

// door is httpd with the module: a JWT is let in, nothing else.
func (f *far) door(w http.ResponseWriter, r *http.Request) {
	if strings.Count(r.Header.Get("Authorization"), ".") == 2 {
		f.mint(w, strings.Split(r.URL.Path, "/")[4], nil)
		return
	}
	w.Header().Del("Vary")
	w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
	w.Header().Set("Www-Authenticate", `Bearer error="invalid_request", error_description="No bearer token found in the request"`)
	w.WriteHeader(401)
	_, _ = io.WriteString(w, "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>401</title>")
}

func (f *far) mint(w http.ResponseWriter, idp string, more map[string]any) {
	now := time.Now().UTC()
	token := map[string]any{
		"methods": []string{"openid"}, "audit_ids": []string{"a1b2c3d4e5f6g7h8i9j0kA"}, "issued_at": now.Format("2006-01-02T15:04:05.000000Z"), "expires_at": now.Add(time.Hour).Format("2006-01-02T15:04:05.000000Z"),
		"user": map[string]any{"id": "u-" + idp, "name": "service", "domain": map[string]any{"id": "d-" + idp, "name": idp},
			"OS-FEDERATION": map[string]any{"groups": []any{map[string]any{"id": "g"}}, "identity_provider": map[string]any{"id": idp}, "protocol": map[string]any{"id": "openid"}}},
	}
	for name, value := range more {
		token[name] = value
	}
	w.Header().Set("X-Subject-Token", fmt.Sprintf("gAAAAABfar%030d-%s", f.minted.Add(1), idp))
	optest.JSON(w, 201, map[string]any{"token": token})
}

// description is a federation.yaml of many identity providers.
func (f *far) description(b *testing.B, providers, controllers int) string {
	b.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "version: 1\nkeystone: {url: %q}\nplatform: debian-12\nhttpd: {crypto_passphrase: {env: P}, cache: {type: memcache, servers: [\"127.0.0.1:11211\"]}}\ncontrollers:\n", f.url)
	for i := 1; i <= controllers; i++ {
		fmt.Fprintf(&text, "  ctl%d: 127.0.0.%d\n", i, i)
	}
	text.WriteString("identity_providers:\n")
	for i := range providers {
		fmt.Fprintf(&text, "  idp%d:\n    issuer: %s/issuer/%d\n    client: {id: keystone, secret: {env: S}}\n    bearer: {audience: keystone, clients: [cli]}\n    rules: [{user: {name: \"{sub}\"}}]\n", i, f.url, i)
		text.WriteString("    probe: {grant: client_credentials, client: {id: cli, secret: {env: S}}}\n")
	}
	path := filepath.Join(b.TempDir(), "federation.yaml")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkProbeFleet probes 100 providers at 3 controllers, 80 ms away, as one
// process; at the controllers alone that is more than 1 800 requests.
func BenchmarkProbeFleet(b *testing.B) {
	const providers, controllers, inFlight = 100, 3, 96
	f := newFar(b, controllers, 80*time.Millisecond)
	file, binary := f.description(b, providers, controllers), labtest.Binary(b)
	for b.Loop() {
		f.asked.Store(0)
		cmd := exec.Command(binary, "probe", "-f", file, "--controller", "all", "--ca-file", f.ca, "--format", "json", "--parallel", fmt.Sprint(inFlight))
		cmd.Env = append(os.Environ(), "P=a-passphrase-of-the-bench", "S=a-secret-of-the-bench")
		var out, complaint bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &complaint
		took := timed(func() {
			if err := cmd.Run(); err != nil {
				b.Fatalf("%v\n%s\n%.3000s", err, &complaint, &out)
			}
		})
		var report struct {
			OK        bool  `json:"ok"`
			Providers []any `json:"identity_providers"`
		}
		if err := json.Unmarshal(out.Bytes(), &report); err != nil || !report.OK || len(report.Providers) != providers*controllers {
			b.Fatalf("ok %v, %d walks, %v", report.OK, len(report.Providers), err)
		}
		memory := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
		asked := f.asked.Load()
		row{fmt.Sprintf("probe: %d providers × %d controllers, 80 ms away: %d requests at Keystone", providers, controllers, asked),
			fmt.Sprintf("%s, %d MB of memory, at most %d at a time", inMS(took), memory, f.most.Load()), "none",
			fmt.Sprintf("%s for 1 800 requests", inMS(took*1800/time.Duration(asked))), "≤ 7 s for 1 800, ≤ 64 MB"}.write(b)
	}
}
