package ecp_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/ecp"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/saml/samltest"
	"github.com/fedstone/fedstone/internal/secret"
)

const authPath = "/v3/OS-FEDERATION/identity_providers/corp/protocols/saml2/auth"

// world is a service provider, an identity provider and a client that notes each
// request to somebody who may not see it.
type world struct {
	sp        *samltest.SP
	idp       *samltest.IdP
	client    *ecp.Client
	keystone  string
	strayed   string
	transport *http.Transport
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{sp: &samltest.SP{EntityID: "https://keystone.test/sp", Path: authPath, Inside: http.HandlerFunc(issue)}}
	server := httptest.NewTLSServer(w.sp)
	t.Cleanup(server.Close)
	w.keystone, w.sp.Consumer = server.URL, server.URL+samltest.Endpoints+"/paosResponse"
	w.idp, _ = samltest.Start(t, nil)
	w.transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // two servers of the test, two certificates
	t.Cleanup(w.transport.CloseIdleConnections)
	w.client = &ecp.Client{Web: &http.Client{Transport: w}, URL: server.URL + authPath, Mask: &secret.Redactor{}}
	return w
}

func issue(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Subject-Token", "a-keystone-token")
	w.WriteHeader(http.StatusCreated)
}

func (w *world) host() string { return strings.TrimPrefix(w.keystone, "https://") }

// RoundTrip holds each request against who may see it.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	atIdP := "https://"+r.URL.Host == w.idp.URL
	_, _, basic := r.BasicAuth()
	switch {
	case !atIdP && r.URL.Host != w.host() || r.URL.Scheme != "https":
		w.strayed = r.URL.String()
		return nil, errors.New("nobody is there")
	case basic != atIdP || atIdP && len(r.Cookies()) > 0:
		w.strayed = "what is not theirs, to " + r.URL.String()
	}
	return w.transport.RoundTrip(r)
}

func (w *world) login(ctx context.Context) (keystone.Answer, error) {
	c := w.client
	if a, err := c.Ask(ctx); err != nil {
		return a, err
	}
	if a, err := c.LogIn(ctx, w.idp.URL+"/ecp", "alice", secret.New("wonderland")); err != nil {
		return a, err
	}
	if a, err := c.Consume(ctx); err != nil {
		return a, err
	}
	return c.Exchange(ctx)
}
