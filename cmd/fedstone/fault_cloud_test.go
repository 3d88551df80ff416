package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

const corpAuth = "/v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth"

// cloud is a Keystone in memory behind TLS, with the paths that a login takes: a
// bearer of any issuer becomes a token that counts until it is revoked.
type cloud struct {
	*keystonetest.Server
	TLS    string // its https address
	CAFile string

	usual http.HandlerFunc // what it answers when nothing stands in its stead

	mu    sync.Mutex
	stead map[string]http.HandlerFunc // "METHOD /path", in everything's stead
}

func newCloud(t *testing.T) *cloud {
	c := &cloud{Server: keystonetest.New(t), stead: map[string]http.HandlerFunc{}}
	behind, err := url.Parse(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v3", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Vary", "X-Auth-Token")
		optest.JSON(w, http.StatusOK, map[string]any{"version": map[string]any{"id": "v3.14"}})
	})
	mux.HandleFunc("POST "+corpAuth, c.exchange)
	mux.HandleFunc("POST /v3/auth/tokens", c.rescope)
	mux.HandleFunc("GET /v3/auth/{what}", c.about)
	proxy := httputil.NewSingleHostReverseProxy(behind)
	proxy.ErrorLog = log.New(io.Discard, "", 0) // a caller that goes away is what is tested
	mux.Handle("/", proxy)
	c.usual = mux.ServeHTTP
	web := optest.StartTLS(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		own := c.stead[r.Method+" "+r.URL.Path]
		c.mu.Unlock()
		if own == nil {
			own = c.usual
		}
		own(w, r)
	}))
	c.TLS, c.CAFile = web.URL, optest.CAFile(t, web)
	return c
}

// at answers a request ("POST /v3/auth/tokens") in the cloud's stead.
func (c *cloud) at(request string, h http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stead[request] = h
}

// exchange is httpd's part: a bearer has two dots, anything else is refused.
func (c *cloud) exchange(w http.ResponseWriter, r *http.Request) {
	if strings.Count(r.Header.Get("Authorization"), ".") != 2 {
		w.Header().Set("Www-Authenticate", `Bearer error="invalid_token"`)
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = fmt.Fprint(w, "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html></html>")
		return
	}
	c.issue(w, federated())
}

func (c *cloud) rescope(w http.ResponseWriter, _ *http.Request) {
	body := federated()
	body["methods"] = []string{"token", "openid"}
	body["project"] = map[string]any{"id": "p1", "name": "ops", "domain": map[string]any{"id": "d1", "name": "corp"}}
	body["is_domain"], body["catalog"] = false, c.services()
	body["roles"] = []any{map[string]any{"id": "r1", "name": "member"}}
	c.issue(w, body)
}

// issue makes a token that the Keystone behind knows.
func (c *cloud) issue(w http.ResponseWriter, body map[string]any) {
	login := fmt.Sprintf(`{"auth":{"identity":{"password":{"user":{"name":"admin","password":%q}}}}}`, keystonetest.Password)
	answer, err := http.Post(c.URL+"/v3/auth/tokens", "application/json", strings.NewReader(login))
	if err != nil {
		panic(err) // the server of this very test
	}
	_ = answer.Body.Close()
	w.Header().Set("X-Subject-Token", answer.Header.Get("X-Subject-Token"))
	w.Header().Set("Vary", "X-Auth-Token")
	optest.JSON(w, http.StatusCreated, map[string]any{"token": body})
}

func federated() map[string]any {
	now := time.Now().UTC()
	const stamp = "2006-01-02T15:04:05.000000Z" // as Keystone writes it
	return map[string]any{
		"methods": []string{"openid"}, "audit_ids": []string{"SegvLaU3TNasMtGYcMOdwg"},
		"issued_at": now.Format(stamp), "expires_at": now.Add(time.Hour).Format(stamp),
		"user": map[string]any{
			"id": "u1", "name": "service-cli", "domain": map[string]any{"id": "d1", "name": "corp"},
			"OS-FEDERATION": map[string]any{"groups": []any{map[string]any{"id": "g1"}},
				"identity_provider": map[string]any{"id": "corp"}, "protocol": map[string]any{"id": "openid"}},
		},
	}
}

// about answers what a token asks about itself.
func (c *cloud) about(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "X-Auth-Token")
	ask, _ := http.NewRequest(http.MethodGet, c.URL+"/v3/roles", nil) // any question: does the token count?
	ask.Header.Set("X-Auth-Token", r.Header.Get("X-Auth-Token"))
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		panic(err) // the server of this very test
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		keystonetest.Refuse(w, http.StatusUnauthorized, "The request you have made requires authentication.")
		return
	}
	optest.JSON(w, http.StatusOK, map[string]any{
		"token": federated(), "catalog": c.services(), "projects": []any{map[string]any{"id": "p1", "name": "ops", "enabled": true}},
	})
}

func (c *cloud) services() []any {
	public := map[string]any{"id": "e1", "interface": "public", "region": "RegionOne", "url": c.TLS + "/v3"}
	return []any{map[string]any{"type": "identity", "name": "keystone", "endpoints": []any{public}}}
}

// described gives the caller a description of one issuer and this cloud.
func (c *cloud) described(by caller, issuer, caFile string) {
	by.t.Helper()
	by.file("passphrase", "canary-of-the-passphrase")
	by.file("client-secret", "canary-of-the-client")
	by.env["CLI_SECRET"] = "cli-secret-canary"
	by.file("federation.yaml", fmt.Sprintf(`version: 1
keystone: {url: %q, ca_file: %q}
platform: debian-12
httpd: {crypto_passphrase: {file: passphrase}}
identity_providers:
  corp:
    issuer: %q
    client: {id: keystone, secret: {file: client-secret}}
    bearer: {audience: keystone, clients: [cli]}
    rules:
      - user: {name: "{preferred_username}"}
        groups: "{groups}"
        only: {groups: [readers]}
    groups:
      readers: [{project: demo, roles: [reader]}]
    probe:
      grant: client_credentials
      client: {id: cli, secret: {env: CLI_SECRET}}
`, c.TLS, caFile, issuer))
	for name, value := range c.Env() {
		by.env[name] = value
	}
}
