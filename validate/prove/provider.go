package prove

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// provider answers as any number of issuers: each https://HOST/PATH is one as soon as somebody asks it.
type provider struct {
	changes Issuers
	mu      sync.Mutex
	keys    map[string]*keyPair
	codes   map[string]login  // by authorization code
	opaque  map[string]Claims // by issuer and token
}

// login is somebody's login at an issuer, between the authorization and the token endpoint.
type login struct {
	issuer, user string
	request      url.Values
}

func newProvider(changes Issuers) *provider {
	return &provider{changes: changes, keys: map[string]*keyPair{}, codes: map[string]login{}, opaque: map[string]Claims{}}
}

// keysOf gives an issuer's keys, the same ones each time. One trailing slash makes no other issuer here.
func (p *provider) keysOf(issuer string) (*keyPair, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(issuer, "https://"), "/")
	p.mu.Lock()
	defer p.mu.Unlock()
	if k := p.keys[name]; k != nil {
		return k, nil
	}
	k, err := newKeys(len(p.keys), name)
	if err == nil {
		p.keys[name] = k
	}
	return k, err
}

// keep stores the claims of an issuer's opaque token.
func (p *provider) keep(issuer string, claims Claims) string {
	token := rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.opaque[issuer+" "+token] = claims
	return token
}

// operation is what an issuer answers at addresses with these ends, and with them below Keycloak's folder.
type operation struct {
	ends   []string
	answer func(p *provider, w http.ResponseWriter, r *http.Request, issuer string)
}

func operations() []operation {
	return []operation{
		{[]string{"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"}, (*provider).discovery},
		{[]string{"/jwks", "/jwks.json", "/certs", "/keys"}, (*provider).jwks},
		{[]string{"/authorize", "/auth"}, (*provider).authorize},
		{[]string{"/token"}, (*provider).token},
		{[]string{"/introspect", "/introspection", "/token/introspect", "/token/introspection"}, (*provider).introspect},
		{[]string{"/userinfo", "/me"}, (*provider).userinfo},
	}
}

// find gives the operation with the longest end that the path has, and that end; "" where there is none.
func find(path string) (found operation, longest string) {
	for _, o := range operations() {
		for _, end := range o.ends {
			for _, end := range []string{end, "/protocol/openid-connect" + end} {
				if strings.HasSuffix(path, end) && len(end) > len(longest) {
					found, longest = o, end
				}
			}
		}
	}
	return found, longest
}

// ServeHTTP answers as the issuer that the address says.
func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p.changes.Instead != nil && p.changes.Instead(w, r) {
		return
	}
	o, end := find(r.URL.Path)
	if end == "" {
		http.NotFound(w, r)
		return
	}
	o.answer(p, w, r, "https://"+r.Host+strings.TrimSuffix(r.URL.Path, end))
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request, issuer string) {
	document := map[string]any{
		"issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token",
		"jwks_uri": issuer + "/jwks", "userinfo_endpoint": issuer + "/userinfo", "introspection_endpoint": issuer + "/introspect",
		"response_types_supported": []string{"code", "id_token", "code id_token"}, "response_modes_supported": []string{"query", "fragment", "form_post"},
		"grant_types_supported": []string{"authorization_code", "client_credentials", "implicit"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256", "ES256"}, "code_challenge_methods_supported": []string{"S256"},
		"scopes_supported":                      []string{"openid", "profile", "email", "groups"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post", "none"},
		"claims_supported":                      []string{"sub", "iss", "aud", "exp", "iat", "preferred_username", "name", "email", "email_verified", "groups"},
	}
	if p.changes.Discovery != nil {
		p.changes.Discovery(issuer, document)
	}
	answerJSON(w, http.StatusOK, document)
}

func (p *provider) jwks(w http.ResponseWriter, _ *http.Request, issuer string) {
	keys, err := p.keysOf(issuer)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answerJSON(w, http.StatusOK, keys.public())
}

// answerJSON sends JSON; a client that has gone away needs none.
func answerJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
