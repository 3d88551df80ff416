package probe

import (
	"encoding/pem"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/saml/samltest"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// samlAuth is the path of a login by SAML.
var samlAuth = keystone.AuthPath("corp", "saml2")

// samlWorld is a Keystone behind a service provider, and an identity provider that
// signs as one does and misleads on request.
type samlWorld struct {
	cloud *cloud
	idp   *samltest.IdP
	sp    *samltest.SP        // nil where the real mod_auth_mellon stands in front
	alter func(*http.Request) // what a proxy on the way does; nil: nothing
	enter http.HandlerFunc    // answers a session at the /auth path; nil: a token
	fed   *spec.Federation
	trust []byte // PEM
}

// newSAMLWorld has a service provider of the test's.
func newSAMLWorld(t *testing.T) *samlWorld {
	t.Helper()
	w := &samlWorld{cloud: newCloud(t)}
	w.sp = &samltest.SP{Path: samlAuth, Inside: http.HandlerFunc(w.inside)}
	web := optest.StartTLS(t, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == samlAuth || r.URL.Path == samltest.Endpoints+"/paosResponse" {
			w.sp.ServeHTTP(rw, r)
			return
		}
		w.inside(rw, r)
	}))
	w.sp.Consumer = web.URL + samltest.Endpoints + "/paosResponse"
	w.sp.EntityID = web.URL + samltest.Endpoints + "/metadata"
	w.startIdP(t)
	w.describe(t, web.URL, certificateOf(web))
	return w
}

// newMellonWorld has the real mod_auth_mellon in front of the same Keystone.
func newMellonWorld(t *testing.T, change func(*labtest.MellonSite)) *samlWorld {
	t.Helper()
	w := &samlWorld{cloud: newCloud(t)}
	behind := httptest.NewServer(http.HandlerFunc(w.inside))
	t.Cleanup(behind.Close)
	w.startIdP(t)
	site := labtest.MellonSite{Protected: samlAuth, Inside: behind.URL, IdP: []byte(w.idp.Metadata())}
	if change != nil {
		change(&site)
	}
	m := labtest.StartMellon(t, site)
	w.describe(t, m.URL, m.CA)
	return w
}

func (w *samlWorld) startIdP(t *testing.T) {
	t.Helper()
	idp, server := samltest.Start(t, nil)
	idp.Attributes = map[string][]string{"username": {"alice"}, "groups": {"cloud-users", "readers"}}
	w.idp, w.trust = idp, append(w.trust, certificateOf(server)...)
}

func certificateOf(server *httptest.Server) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}

func (w *samlWorld) describe(t *testing.T, url string, ca []byte) {
	t.Helper()
	w.trust = append(w.trust, ca...)
	w.fed = &spec.Federation{Keystone: spec.Keystone{URL: text(url)}, IdentityProviders: []spec.IdentityProvider{{
		ID: text("corp"), Protocol: text("saml2"), Domain: text("corp"),
		SAML:  &spec.SAML{EntityID: text(w.idp.EntityID), RemoteID: text(w.idp.EntityID), Metadata: text(w.idp.URL + "/metadata")},
		Rules: []spec.Rule{{User: &spec.User{Name: text("{username}")}, GroupsBy: text("{groups}")}},
		Probe: &spec.Probe{Username: text("alice"), Password: spec.Secret{Env: text("wonderland")}},
	}}}
}

// inside is Keystone: its cloud knows OpenID Connect and its own address, so these
// are changed in what it answers.
func (w *samlWorld) inside(rw http.ResponseWriter, r *http.Request) {
	seen := httptest.NewRecorder()
	switch {
	case r.URL.Path != samlAuth:
		w.cloud.keystone(seen, r)
	case w.enter != nil:
		w.enter(seen, r)
	default:
		w.cloud.issue(seen, "corp", "")
	}
	maps.Copy(rw.Header(), seen.Header())
	rw.Header().Del("Content-Length")
	rw.WriteHeader(seen.Code)
	_, _ = io.WriteString(rw, strings.NewReplacer(`"openid"`, `"saml2"`, w.cloud.web.URL, w.fed.Keystone.URL.Value).Replace(seen.Body.String()))
}

// proxied is what stands between the probe and everybody.
type proxied struct {
	next  http.RoundTripper
	alter func(*http.Request)
}

// RoundTrip serves http.RoundTripper.
func (p proxied) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.alter != nil {
		r = r.Clone(r.Context())
		p.alter(r)
	}
	return p.next.RoundTrip(r)
}

func (w *samlWorld) options(t *testing.T, opts ...oidc.ClientOption) Options {
	t.Helper()
	path := t.TempDir() + "/bundle.pem"
	if err := os.WriteFile(path, w.trust, 0o600); err != nil {
		t.Fatal(err)
	}
	client, err := oidc.NewHTTPClient(path, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	client.Transport = proxied{client.Transport, func(r *http.Request) {
		if w.alter != nil {
			w.alter(r)
		}
	}}
	return Options{
		Client: client, Mask: &secret.Redactor{}, Local: func(path string) string { return path },
		Resolve: func(s spec.Secret) (secret.Value, error) { return secret.New(s.Env.Value), nil },
	}
}

func (w *samlWorld) run(t *testing.T, opts Options) Result {
	t.Helper()
	r, err := Run(t.Context(), w.fed, opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
