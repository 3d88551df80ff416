package iamtest_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/iam/iamtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

type object = map[string]any

// call is one request: its method, path, body, and what it differs by from a right one.
type call struct {
	method, path string
	body         any
	header       map[string]string // over the usual ones; "" takes one away
}

// world is a server with one identity provider, acme, whose issuer is real.
type world struct {
	*testing.T
	*iamtest.Server
	issuer *optest.Server
	web    *http.Client
	admin  string // token with Security Administrator
	alice  string // unscoped token of a federated user in ops
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, Server: iamtest.New(t), issuer: optest.New(t)}
	text, err := os.ReadFile(w.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	w.web = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	t.Cleanup(w.web.CloseIdleConnections)
	_, header, _ := w.send(call{method: "POST", path: "/v3/auth/tokens", body: passwordLogin(iamtest.Password)})
	w.admin = header.Get("X-Subject-Token")
	for _, c := range []call{
		{method: "PUT", path: idps + "acme", body: object{"identity_provider": object{"enabled": true}}},
		{method: "PUT", path: mappings + "acme", body: object{"mapping": object{"rules": rules()}}},
		{method: "POST", path: config("acme"), body: object{"openid_connect_config": w.config()}},
		{method: "PUT", path: idps + "acme/protocols/oidc", body: object{"protocol": object{"mapping_id": "acme"}}},
	} {
		if status, _, body := w.send(c); status != http.StatusCreated {
			t.Fatalf("%s %s: %d %v", c.method, c.path, status, body)
		}
	}
	_, header, _ = w.send(w.exchange(w.idToken(nil)))
	w.alice = header.Get("X-Subject-Token")
	return w
}

const (
	idps     = "/v3/OS-FEDERATION/identity_providers/"
	mappings = "/v3/OS-FEDERATION/mappings/"
	auth     = idps + "acme/protocols/oidc/auth"
	second   = "/v3.0/OS-AUTH/id-token/tokens"
)

func config(idp string) string {
	return "/v3.0/OS-FEDERATION/identity-providers/" + idp + "/openid-connect-config"
}

func passwordLogin(password string) object {
	user := object{"name": "admin", "password": password, "domain": object{"name": iamtest.DomainName}}
	return object{"auth": object{"identity": object{"methods": []string{"password"}, "password": object{"user": user}}, "scope": object{"domain": object{"name": iamtest.DomainName}}}}
}

func tokenLogin(id string, scope any) object {
	body := object{"identity": object{"methods": []string{"token"}, "token": object{"id": id}}}
	if scope != nil {
		body["scope"] = scope
	}
	return object{"auth": body}
}

func rules() []object {
	return []object{{"local": []object{{"user": object{"name": "{0}"}}, {"group": object{"name": "ops"}}},
		"remote": []object{{"type": "preferred_username"}, {"type": "preferred_username", "not_any_of": []string{"mallory"}}}}}
}

func (w *world) config() object {
	keys, err := json.Marshal(w.issuer.Keys.Public())
	if err != nil {
		w.Fatal(err)
	}
	return object{"access_mode": "program", "idp_url": w.issuer.URL, "client_id": "cloud", "signing_key": string(keys)}
}

// idToken is a right one of alice, with claims over it.
func (w *world) idToken(claims object) string {
	all := w.issuer.AccessClaims("cloud", "alice")
	all["aud"] = "cloud"
	maps.Copy(all, claims)
	return w.issuer.Sign(all)
}

func (w *world) exchange(bearer string) call {
	return call{method: "POST", path: auth, header: map[string]string{"Authorization": "Bearer " + bearer, "X-Auth-Token": "", "Content-Type": ""}}
}

func (w *world) second(bearer string, scope any) call {
	body := object{"id_token": object{"id": bearer}}
	if scope != nil {
		body["scope"] = scope
	}
	return call{method: "POST", path: second, body: object{"auth": body}, header: map[string]string{"X-Auth-Token": "", "X-Idp-Id": "acme"}}
}

func (w *world) send(c call) (int, http.Header, object) {
	w.Helper()
	var text []byte
	if c.body != nil {
		text, _ = json.Marshal(c.body)
	}
	req, err := http.NewRequest(c.method, w.URL+c.path, bytes.NewReader(text))
	if err != nil {
		w.Fatal(err)
	}
	header := map[string]string{"Content-Type": "application/json;charset=utf8", "X-Auth-Token": w.admin}
	maps.Copy(header, c.header)
	for name, value := range header {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	resp, err := w.web.Do(req)
	if err != nil {
		w.Fatal(err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	body := object{}
	_ = json.Unmarshal(raw, &body)
	return resp.StatusCode, resp.Header, body
}

// code is the code of a refusal's body, in the form of its page; "" of none.
func code(body object) string {
	if text, ok := body["error_code"].(string); ok {
		return text
	}
	if inner, ok := body["error"].(object); ok && inner["title"] != "" && inner["message"] != "" {
		return "keystone"
	}
	return ""
}

// with gives a configuration with another value; nil takes the field away.
func (w *world) with(name string, value any) object {
	c := w.config()
	if c[name] = value; value == nil {
		delete(c, name)
	}
	return object{"openid_connect_config": c}
}

func as(token string) map[string]string { return map[string]string{"X-Auth-Token": token} }

const nobody = "no-token"

func large() object { return object{"x": strings.Repeat("x", 300<<10)} }

var untold = map[string]string{"Content-Type": "text/plain"}

// past is a time that is over.
func past() int64 { return time.Now().Add(-time.Minute).Unix() }
