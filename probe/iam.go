package probe

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// A cloud's identity service (internal/iam) is asked as Keystone is, with steps of its
// own: it holds a copy of the issuer's keys, takes the ID token in a second way, and
// scopes to the account as well as to a project.

func atService(v *visit) bool  { return v.service }
func atKeystone(v *visit) bool { return !v.service }

// readsCopy: the copy of the keys is shown to an administrator alone.
func readsCopy(v *visit) bool { return v.service && v.opts.Pasted != nil }

// pastedKeys holds the service's copy of the issuer's keys against those of now. It
// comes before the exchange, which a missing key makes fail.
func pastedKeys(ctx context.Context, v *visit) outcome {
	pasted, there, err := v.opts.Pasted(ctx, v.found.ID)
	if err != nil {
		return failed(keystone.Answer{}, "the OpenID Connect configuration could not be read: "+err.Error(), "the account needs the policy Security Administrator")
	}
	if !there {
		return v.faulty(ctx, "pasted-keys", keystone.Answer{}, []wrong{{symptom.NoConfiguration, nil}})
	}
	copied, err := oidc.ParseKeys([]byte(pasted))
	if err != nil {
		v.drift = "it is no key set: " + err.Error()
		return v.drifted(ctx)
	}
	drift := oidc.DriftOf(copied, v.keys)
	if v.drift = missingKeys(drift.Missing); v.drift != "" {
		return v.drifted(ctx)
	}
	notes := []string{fmt.Sprintf("signing_key has all %d keys of the issuer", v.keys.Len())}
	if len(drift.Stale) > 0 {
		notes = append(notes, "it still has keys that the issuer does not publish any more: "+strings.Join(drift.Stale, ", "))
	}
	return outcome{verdict: Pass, status: http.StatusOK, by: keystone.ByItself, notes: notes}
}

func (v *visit) drifted(ctx context.Context) outcome {
	return v.faulty(ctx, "pasted-keys", keystone.Answer{}, []wrong{{symptom.KeysDrifted, map[string]string{"seen": v.drift}}})
}

func missingKeys(missing []oidc.MissingKey) string {
	var names []string
	for _, m := range missing {
		name := fmt.Sprintf("%q", m.ID)
		if m.Other {
			name += " (it has another key of that id)"
		}
		if !m.Since.IsZero() {
			name += " (made " + m.Since.UTC().Format("2006-01-02 15:04 MST") + ")"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return "it lacks " + strings.Join(names, ", ")
}

// idToken logs in the other way, with the token in the body: what comes has to be the
// same user.
func idToken(ctx context.Context, v *visit) outcome {
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := keystone.ExchangeIDToken(own, v.web, v.url, v.found.ID, v.token)
	switch {
	case err != nil:
		return v.unreachable(v.url, err)
	case a.Status != http.StatusCreated:
		return v.explain(ctx, "id-token", a)
	}
	_, err = v.keep(a)
	if faults := tokenFaults(a); err != nil || len(faults) > 0 {
		return v.faulty(ctx, "id-token", a, faults)
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
	own, cancel := finishing(ctx)
	defer cancel()
	if a, err = v.session.RescopeToDomain(own, list[0].ID); err != nil {
		return v.unreachable(v.url, err)
	}
	if a.Status != http.StatusCreated {
		return v.explain(ctx, "domain", a)
	}
	_, err = v.keep(a)
	if faults := tokenFaults(a); err != nil || len(faults) > 0 {
		return v.faulty(ctx, "domain", a, faults)
	}
	return v.inDomain(ctx, list[0], a)
}

func (v *visit) inDomain(ctx context.Context, wanted keystone.Named, a keystone.Answer) outcome {
	t, fault := parseToken(a.Body)
	if fault != nil {
		return v.faulty(ctx, "domain", a, []wrong{*fault})
	}
	if got := t.text("domain.id"); got != wanted.ID {
		return v.faulty(ctx, "domain", a, []wrong{odd(symptom.OtherScope, "token.domain.id", shown(t.at("domain.id")), wanted.ID)})
	}
	return passed(a, "account "+wanted.Name)
}

// serviceMarks are what is known of a login at a service.
func (v *visit) serviceMarks() []symptom.Fact {
	if !v.service {
		return nil
	}
	marks := []symptom.Fact{symptom.AtService}
	if v.checked.Checked && len(v.checked.Problems) == 0 {
		marks = append(marks, symptom.TokenHolds)
	}
	if v.drift != "" {
		marks = append(marks, symptom.KeysDrifted)
	}
	if len(v.lacking()) > 0 {
		marks = append(marks, symptom.ClaimMissing)
	}
	return marks
}

// serviceWords are those of serviceMarks.
func (v *visit) serviceWords() map[string]string {
	if !v.service {
		return nil
	}
	return map[string]string{"seen": v.drift, "claims": strings.Join(v.lacking(), ", ")}
}

// lacking are the claims that every rule which names a user needs and the bearer does not
// have: without a user nobody is let in.
func (v *visit) lacking() []string {
	parsed, err := oidc.ParseToken(v.token.Reveal())
	if err != nil {
		return nil
	}
	var first []string
	for _, rule := range v.idp.Rules {
		if rule.User == nil {
			continue
		}
		missing := slices.DeleteFunc(spec.Claims(rule.User.Name.Value), func(claim string) bool { return parsed.Claims[claim] != nil })
		if len(missing) == 0 {
			return nil
		}
		first = append(first, missing...)
	}
	return slices.Compact(slices.Sorted(slices.Values(first)))
}
