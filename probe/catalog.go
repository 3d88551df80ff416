package probe

import (
	"context"
	"net/http"
)

// catalog uses the project's token once, for what every client asks first.
func catalog(ctx context.Context, v *visit) outcome {
	a, err := v.scoped.Catalog(ctx)
	switch {
	case err != nil:
		return v.unreachable(v.url, err)
	case a.Status != http.StatusOK:
		return v.explain(ctx, "catalog", a)
	}
	return passed(a)
}
