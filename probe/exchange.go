package probe

import (
	"context"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
)

// exchange hands the issuer's token to Keystone's federation path.
func exchange(ctx context.Context, v *visit) outcome {
	a, err := v.present(ctx, v.token)
	if err != nil {
		return v.unreachable(v.url, err)
	}
	return v.exchanged(ctx, "exchange", a)
}

// exchanged takes charge of the token of an answer, or says why there is none.
func (v *visit) exchanged(ctx context.Context, step string, a keystone.Answer) outcome {
	v.answer = a
	if a.Status != http.StatusCreated {
		return v.explain(ctx, step, a)
	}
	session, err := v.keep(a)
	if faults := tokenFaults(a); err != nil || len(faults) > 0 {
		return v.faulty(ctx, step, a, faults)
	}
	v.session, v.facts[haveSession] = session, true
	return passed(a)
}
