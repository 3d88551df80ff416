package probe

import (
	"context"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// garbage is no token of anybody's, and looks like none.
const garbage = "fedstone-probe-is-not-a-token"

// noToken asks without a token: only httpd may answer.
func noToken(ctx context.Context, v *visit) outcome {
	a, err := v.ask(ctx, secret.Value{})
	v.control = a
	return v.mustRefuse("no-token", a, err)
}

// garbageToken asks with a token that no key has signed.
func garbageToken(ctx context.Context, v *visit) outcome {
	a, err := v.ask(ctx, secret.New(garbage))
	return v.mustRefuse("garbage-token", a, err)
}

func (v *visit) ask(ctx context.Context, bearer secret.Value) (keystone.Answer, error) {
	own, cancel := finishing(ctx)
	defer cancel()
	return keystone.Exchange(own, v.web, v.url, v.found.ID, v.found.Protocol, bearer)
}

func (v *visit) mustRefuse(name string, a keystone.Answer, err error) outcome {
	switch {
	case err != nil:
		return v.unreachable(v.url, err)
	case a.Status == http.StatusCreated:
		_, _ = v.keep(a)
		return v.explain(name, a)
	case refusedByHTTPD(a):
		return passed(a)
	}
	return v.explain(name, a)
}

// refusedByHTTPD: the request was refused before it came to Keystone.
func refusedByHTTPD(a keystone.Answer) bool {
	switch a.AnsweredBy {
	case keystone.ByHTTPD, keystone.ByOpenIDC, keystone.ByOAuth2:
		return a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden || a.Status == http.StatusBadRequest
	}
	return false
}

// transport is the *oidc.Error of a failed request, for cells.
func transport(at string, err error) string {
	cause, _ := causeOf(oidc.TransportError(at, err))
	return cause
}
