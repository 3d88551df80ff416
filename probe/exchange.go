package probe

import (
	"context"
	"net/http"
)

// exchange hands the issuer's token to Keystone's federation path.
func exchange(ctx context.Context, v *visit) outcome {
	a, err := v.present(ctx, v.token)
	if err != nil {
		return v.unreachable(v.url, err)
	}
	v.answer = a
	if a.Status != http.StatusCreated {
		return v.explain(ctx, "exchange", a)
	}
	session, err := v.keep(a)
	if faults := tokenFaults(a); err != nil || len(faults) > 0 {
		return v.faulty(ctx, "exchange", a, faults)
	}
	v.session, v.facts[haveSession] = session, true
	return passed(a)
}
