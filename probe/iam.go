package probe

import (
	"context"
	"net/http"
	"slices"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// A cloud's identity service (internal/iam) is asked as Keystone is, with steps of its
// own: it holds a copy of the issuer's keys, takes the ID token in a second way, and
// scopes to the account as well as to a project.

func atService(v *visit) bool  { return v.service }
func atKeystone(v *visit) bool { return !v.service }

// idToken logs in the other way, with the token in the body: what comes has to be the
// same user.
func idToken(ctx context.Context, v *visit) outcome {
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := keystone.ExchangeIDToken(own, v.web, v.url, v.found.ID, v.token)
	if o := v.brought(ctx, "id-token", a, err); o != nil {
		return *o
	}
	t, fault := parseToken(a.Body)
	if fault != nil {
		return v.faulty(ctx, "id-token", a, []wrong{*fault})
	}
	j := v.judging(a)
	j.before, _ = parseToken(v.answer.Body)
	return v.faulty(ctx, "id-token", a, j.wrongs(t, slices.Concat(userRules(), samenessRules(), commonRules())))
}

// domain scopes to the account, where the user may work in it as a whole.
func domain(ctx context.Context, v *visit) outcome {
	list, a, err := v.session.Domains(ctx)
	switch {
	case err != nil && a.Status == 0:
		return v.unreachable(v.url, err)
	case err != nil:
		return failed(a, err.Error(), "")
	case a.Status != http.StatusOK:
		return v.explain(ctx, "domain", a)
	case len(list) == 0:
		return moot("no account is listed: the user may work in projects alone")
	}
	return v.toDomain(ctx, list[0])
}

func (v *visit) toDomain(ctx context.Context, wanted keystone.Named) outcome {
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := v.session.RescopeToDomain(own, wanted.ID)
	if o := v.brought(ctx, "domain", a, err); o != nil {
		return *o
	}
	t, fault := parseToken(a.Body)
	if fault != nil {
		return v.faulty(ctx, "domain", a, []wrong{*fault})
	}
	if got := t.text("domain.id"); got != wanted.ID {
		return v.faulty(ctx, "domain", a, []wrong{odd(symptom.OtherScope, "token.domain.id", shown(t.at("domain.id")), wanted.ID)})
	}
	return passed(a, "account "+wanted.Name)
}

// brought takes charge of the token of an answer; where it has none, the outcome says why.
func (v *visit) brought(ctx context.Context, name string, a keystone.Answer, err error) *outcome {
	var o outcome
	switch {
	case err != nil:
		o = v.unreachable(v.url, err)
	case a.Status != http.StatusCreated:
		o = v.explain(ctx, name, a)
	default:
		_, err = v.keep(a)
		faults := tokenFaults(a)
		if err == nil && len(faults) == 0 {
			return nil
		}
		o = v.faulty(ctx, name, a, faults)
	}
	return &o
}
