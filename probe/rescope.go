package probe

import (
	"context"
	"net/http"
	"slices"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/probe/symptom"
)

// rescope trades the unscoped token for one of the project.
func rescope(ctx context.Context, v *visit) outcome {
	if v.project.ID == "" {
		return v.unscoped()
	}
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := v.session.Rescope(own, v.project.ID)
	switch {
	case err != nil:
		return v.unreachable(v.url, err)
	case a.Status != http.StatusCreated:
		return v.explain(ctx, "rescope", a)
	}
	session, err := v.keep(a)
	if faults := tokenFaults(a); err != nil || len(faults) > 0 {
		return v.faulty(ctx, "rescope", a, faults)
	}
	return v.rescoped(ctx, session, a)
}

// unscoped: where no project is expected there is none to scope to.
func (v *visit) unscoped() outcome {
	v.facts[haveScoped] = true
	return moot("no project is expected")
}

func (v *visit) rescoped(ctx context.Context, session keystone.Session, a keystone.Answer) outcome {
	t, fault := parseToken(a.Body)
	if fault != nil {
		return v.faulty(ctx, "rescope", a, []wrong{*fault})
	}
	j := v.judging(a)
	j.before, _ = parseToken(v.answer.Body)
	faults, notes := v.tolerate(j.wrongs(t, scopedRules()))
	o := v.faulty(ctx, "rescope", a, faults)
	o.notes = append(append(o.notes, "project "+v.project.Name), append(notes, headerNotes(a)...)...)
	if !slices.ContainsFunc(faults, func(w wrong) bool { return w.known == symptom.OtherScope }) {
		v.scoped, v.heard.scoped, v.facts[haveScoped] = session, t, true
	}
	return o
}

// firstMended is the number of the oldest release that got a version without
// CVE-2026-44394: 2025.1, by 27.0.2.
const firstMended = 27

// tolerate takes for a note what Keystone's release is known to do and has no
// newer version without.
func (v *visit) tolerate(all []wrong) (faults []wrong, notes []string) {
	for _, w := range all {
		if release, ok := platform.ReleaseByName(v.fed.KeystoneRelease()); w.known == symptom.ExpiryExtended && ok && release.Number < firstMended {
			notes = append(notes, "the scoped token lives longer than the unscoped one (CVE-2026-44394): Keystone "+release.Name+" has no version without it")
			continue
		}
		faults = append(faults, w)
	}
	return faults, notes
}
