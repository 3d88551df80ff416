package probe

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

const httpdPage = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>refused</title>"

// cloud is a Keystone behind an httpd that verifies bearers, and its issuers.
type cloud struct {
	web *httptest.Server
	ops map[string]*optest.Server
	fed *spec.Federation

	mu      sync.Mutex
	handle  map[string]http.HandlerFunc // by path, in everything's stead
	alive   map[string]string           // Keystone token: identity provider
	issued  []string
	bearers map[string]bool // accepted at their own path
	leaky   bool            // a cache that does not tell issuers apart
}

func newCloud(t testing.TB, names ...string) *cloud {
	t.Helper()
	c := &cloud{ops: map[string]*optest.Server{}, handle: map[string]http.HandlerFunc{}, alive: map[string]string{}, bearers: map[string]bool{}}
	c.web = optest.StartTLS(t, http.HandlerFunc(c.serve))
	c.fed = &spec.Federation{Keystone: spec.Keystone{URL: text(c.web.URL)}}
	for _, name := range names {
		op := optest.New(t)
		if len(c.ops) > 0 {
			op.Keys.Other(t)
		}
		c.ops[name] = op
		c.fed.IdentityProviders = append(c.fed.IdentityProviders, provider(name, op))
	}
	return c
}

func text(s string) spec.Text { return spec.Text{Value: s} }

func provider(name string, op *optest.Server) spec.IdentityProvider {
	return spec.IdentityProvider{
		ID: text(name), Issuer: text(op.URL), Protocol: text("openid"), Domain: text(name),
		Client: spec.Client{ID: text("keystone")},
		Bearer: spec.Bearer{Token: text("access"), Audience: text("keystone"), Clients: []spec.Text{text("cli")}},
		Probe: &spec.Probe{
			Grant: text("client_credentials"), Client: spec.Client{ID: text("cli"), Secret: spec.Secret{Env: text("cli-secret-canary")}},
			Foreign: &spec.Client{ID: text("wiki"), Secret: spec.Secret{Env: text("wiki-secret-canary")}},
			Scopes:  []spec.Text{text("openid")},
		},
	}
}

// options trust every server of the cloud. Secrets resolve to their source's name.
func (c *cloud) options(t testing.TB, opts ...oidc.ClientOption) Options {
	t.Helper()
	var bundle []byte
	for _, file := range c.caFiles(t) {
		pem, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		bundle = append(bundle, pem...)
	}
	path := t.TempDir() + "/bundle.pem"
	if err := os.WriteFile(path, bundle, 0o600); err != nil {
		t.Fatal(err)
	}
	client, err := oidc.NewHTTPClient(path, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return Options{
		Client: client, Mask: &secret.Redactor{},
		Resolve: func(s spec.Secret) (secret.Value, error) { return secret.New(s.Env.Value), nil },
		Local:   func(path string) string { return path },
	}
}

func (c *cloud) caFiles(t testing.TB) []string {
	files := []string{optest.CAFile(t, c.web)}
	for _, op := range c.ops {
		files = append(files, op.CAFile)
	}
	return files
}

// at answers a path in everything's stead.
func (c *cloud) at(path string, h http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handle[path] = h
}

func (c *cloud) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	own := c.handle[r.URL.Path]
	c.mu.Unlock()
	switch {
	case own != nil:
		own(w, r)
	case strings.HasPrefix(r.URL.Path, "/v3/OS-FEDERATION/") || strings.Contains(r.URL.Path, "/websso"):
		c.httpd(w, r)
	default:
		c.keystone(w, r)
	}
}

func authPath(name string) string {
	return "/v3/OS-FEDERATION/identity_providers/" + name + "/protocols/openid/auth"
}

// httpd opens the /auth paths of the known providers, and no others.
func (c *cloud) httpd(w http.ResponseWriter, r *http.Request) {
	for name, op := range c.ops {
		if r.URL.Path == authPath(name) {
			c.bearer(w, r, name, op)
			return
		}
	}
	page(w, 403, "")
}

func (c *cloud) bearer(w http.ResponseWriter, r *http.Request, name string, op *optest.Server) {
	raw, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		page(w, 401, `Bearer error="invalid_request", error_description="No bearer token found in the request"`)
		return
	}
	if c.leaky && c.accepted(raw) {
		c.issue(w, name, raw)
		return
	}
	failed := map[string]bool{}
	for _, v := range oidc.CheckToken(raw, keysOf(op), oidc.Expect{Issuer: op.URL, Audience: "keystone", Clients: []string{"cli"}}).Failed() {
		failed[v.Name] = true
	}
	switch {
	case failed["form"] || failed["alg"] || failed["signature"] || failed["exp"]:
		page(w, 401, `Bearer error="invalid_token", error_description="JWT token could not be validated"`)
	case len(failed) > 0:
		page(w, 401, "")
	default:
		c.issue(w, name, raw)
	}
}

func (c *cloud) accepted(raw string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bearers[raw]
}

func keysOf(op *optest.Server) *oidc.Keys {
	raw, _ := json.Marshal(op.Keys.Public())
	keys, err := oidc.ParseKeys(raw)
	if err != nil {
		panic(err)
	}
	return keys
}

func page(w http.ResponseWriter, status int, challenge string) {
	w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
	if challenge != "" {
		w.Header().Set("Www-Authenticate", challenge)
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(httpdPage))
}

// mint makes a Keystone token.
func (c *cloud) mint(name string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	token := fmt.Sprintf("gAAAAABcanary%04d-%s-token", len(c.issued), name)
	c.alive[token] = name
	c.issued = append(c.issued, token)
	return token
}

func (c *cloud) issue(w http.ResponseWriter, name, raw string) {
	c.mu.Lock()
	c.bearers[raw] = true
	c.mu.Unlock()
	w.Header().Set("Vary", "X-Auth-Token")
	w.Header().Set("X-Subject-Token", c.mint(name))
	optest.JSON(w, 201, unscoped(name))
}

// stamp writes a time as Keystone does.
func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000000Z") }

func unscoped(name string) map[string]any {
	now := time.Now()
	return map[string]any{"token": map[string]any{
		"methods": []string{"openid"}, "audit_ids": []string{"SegvLaU3TNasMtGYcMOdwg"},
		"issued_at": stamp(now), "expires_at": stamp(now.Add(time.Hour)),
		"user": map[string]any{
			"id": "u1", "name": "service-cli", "domain": map[string]any{"id": "d1", "name": name},
			"OS-FEDERATION": map[string]any{
				"groups": []any{map[string]any{"id": "g1"}}, "identity_provider": map[string]any{"id": name}, "protocol": map[string]any{"id": "openid"},
			},
		},
	}}
}

func (c *cloud) keystone(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "X-Auth-Token")
	if r.Method+" "+r.URL.Path == "GET /v3" {
		optest.JSON(w, 200, map[string]any{"version": map[string]any{"id": "v3.14", "links": []any{map[string]any{"rel": "self", "href": c.web.URL + "/v3/"}}}})
		return
	}
	if r.Method+" "+r.URL.Path == "POST /v3/auth/tokens" {
		c.rescope(w, r)
		return
	}
	name, ok := c.who(r.Header.Get("X-Auth-Token"))
	if !ok {
		refuse(w, 401)
		return
	}
	c.resource(w, r, name)
}

func (c *cloud) resource(w http.ResponseWriter, r *http.Request, name string) {
	switch r.Method + " " + r.URL.Path {
	case "GET /v3/auth/projects":
		optest.JSON(w, 200, map[string]any{"projects": []any{map[string]any{"id": "p1", "name": name + "-ops", "enabled": true}}})
	case "GET /v3/auth/catalog":
		optest.JSON(w, 200, map[string]any{"catalog": c.services()})
	case "GET /v3/auth/tokens":
		optest.JSON(w, 200, unscoped(name))
	case "DELETE /v3/auth/tokens":
		c.mu.Lock()
		delete(c.alive, r.Header.Get("X-Subject-Token"))
		c.mu.Unlock()
		w.WriteHeader(204)
	default:
		refuse(w, 404)
	}
}

func (c *cloud) who(token string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	name, ok := c.alive[token]
	return name, ok
}

func (c *cloud) rescope(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Auth struct {
			Identity struct{ Token struct{ ID string } }
			Scope    struct{ Project struct{ ID string } }
		}
	}
	_ = json.NewDecoder(r.Body).Decode(&body)
	name, ok := c.who(body.Auth.Identity.Token.ID)
	if !ok {
		refuse(w, 401)
		return
	}
	w.Header().Set("X-Subject-Token", c.mint(name))
	optest.JSON(w, 201, c.scoped(name, body.Auth.Scope.Project.ID))
}

// scoped is the token of a project, which lives as long as the unscoped one: the
// two are made within a second.
func (c *cloud) scoped(name, project string) map[string]any {
	whole := unscoped(name)
	token := whole["token"].(map[string]any)
	token["methods"] = []string{"token", "openid"}
	token["project"] = map[string]any{"id": project, "name": name + "-ops", "domain": map[string]any{"id": "d1", "name": name}}
	token["is_domain"], token["catalog"] = false, c.services()
	token["roles"] = []any{map[string]any{"id": "r1", "name": "member"}}
	return whole
}

func (c *cloud) services() []any {
	var endpoints []any
	for _, face := range []string{"internal", "admin", "public"} {
		endpoints = append(endpoints, map[string]any{"id": "e-" + face, "interface": face, "region": "RegionOne", "url": c.web.URL + "/v3"})
	}
	return []any{map[string]any{"type": "identity", "name": "keystone", "endpoints": endpoints}}
}

// refuse answers as Keystone does: without a reason.
func refuse(w http.ResponseWriter, status int) { refuseWith(w, status, "The request failed.") }

func refuseWith(w http.ResponseWriter, status int, message string) {
	if status == 401 {
		w.Header().Set("Www-Authenticate", `Keystone uri="https://k/v3"`)
	}
	optest.JSON(w, status, map[string]any{"error": map[string]any{"code": status, "message": message, "title": "t"}})
}

// expectAllRevoked: no Keystone token that was ever issued still counts.
func (c *cloud) expectAllRevoked(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.alive) > 0 {
		t.Errorf("%d of %d Keystone tokens were left alive", len(c.alive), len(c.issued))
	}
}

func run(t *testing.T, c *cloud, opts Options) Result {
	t.Helper()
	r, err := Run(t.Context(), c.fed, opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// stepOf gives a step of the only provider.
func stepOf(t *testing.T, r Result, name string) Step {
	t.Helper()
	for _, s := range r.Providers[0].Steps {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no step %s", name)
	return Step{}
}
