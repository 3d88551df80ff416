package probe

import (
	"context"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// issuing is the step whose answers have the most causes.
const issuing = "exchange"

// noToken asks without a token: only httpd may answer.
func noToken(ctx context.Context, v *visit) outcome {
	return v.mustRefuse(ctx, "no-token", secret.Value{})
}

// garbageToken asks with a token that no key has signed.
func garbageToken(ctx context.Context, v *visit) outcome {
	return v.mustRefuse(ctx, "garbage-token", secret.New(symptom.Garbage))
}

func (v *visit) present(ctx context.Context, bearer secret.Value) (keystone.Answer, error) {
	own, cancel := finishing(ctx)
	defer cancel()
	return keystone.Exchange(own, v.web, v.url, v.found.ID, v.found.Protocol, bearer)
}

// mustRefuse asks, and keeps the answer: it parts causes of later failures.
func (v *visit) mustRefuse(ctx context.Context, name string, bearer secret.Value) outcome {
	a, err := v.present(ctx, bearer)
	if err != nil {
		return v.unreachable(v.url, err)
	}
	v.memory.keep(name, a)
	switch {
	case a.Status == http.StatusCreated:
		_, _ = v.keep(a)
	case refusedByHTTPD(a), v.service && a.Status == http.StatusUnauthorized:
		return passed(a)
	}
	return v.explain(ctx, name, a)
}

// refusedByHTTPD: the request was refused before it came to Keystone.
func refusedByHTTPD(a keystone.Answer) bool {
	switch a.AnsweredBy {
	case keystone.ByHTTPD, keystone.ByOpenIDC, keystone.ByOAuth2:
		return a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden || a.Status == http.StatusBadRequest
	}
	return false
}
