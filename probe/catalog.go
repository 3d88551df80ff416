package probe

import (
	"context"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// catalog uses the project's token once, for what every client asks first, and
// holds Keystone's own endpoints in it against the address that is asked here.
func catalog(ctx context.Context, v *visit) outcome {
	if v.scoped.Token.Empty() {
		return moot("no project is expected")
	}
	a, err := v.scoped.Catalog(ctx)
	switch {
	case err != nil:
		return v.unreachable(v.url, err)
	case a.Status != http.StatusOK:
		return v.explain(ctx, "catalog", a)
	}
	services, err := keystone.ParseCatalog(a.Body)
	if err != nil {
		return v.faulty(ctx, "catalog", a, []wrong{odd(symptom.NotAsAPI, "catalog", err.Error(), "a list of services with endpoints")})
	}
	return v.compareEndpoints(ctx, keystone.EndpointsOf(services, "identity"), a)
}
