package probe

import (
	"context"
	"net/http"
	"slices"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/probe/symptom"
)

// Stored is what Keystone keeps about one identity provider, as an administrator
// sees it, and the rules of its mapping; nil rules where there is no mapping.
type Stored struct {
	symptom.Cloud
	Rules []byte
}

// consult adds what only a failed exchange needs: Keystone's objects, where an
// administrator may be asked, and what the rules make of the token's claims.
func (v *visit) consult(ctx context.Context, f *symptom.Facts) {
	if v.service || !slices.Contains([]string{issuing, "rescope", "projects", "catalog"}, f.Step) || !fromKeystone(f.Answer) {
		return
	}
	stored := v.objects(ctx, f)
	if f.Step == issuing && !v.token.Empty() {
		f.Rules = v.ruleset(stored).Judge(v.fed, v.idp, v.token.Reveal())
	}
}

// fromKeystone: the request came as far as Keystone, which may have ended with an
// exception that httpd tells of.
func fromKeystone(a keystone.Answer) bool {
	return a.AnsweredBy == keystone.ByItself || a.Status == http.StatusInternalServerError
}

func (v *visit) objects(ctx context.Context, f *symptom.Facts) *Stored {
	if v.opts.Objects == nil {
		return nil
	}
	stored, err := v.opts.Objects(ctx, v.found.ID, v.found.Protocol)
	if err != nil {
		f.Notes = append(f.Notes, "Keystone's objects could not be read: "+err.Error())
		return nil
	}
	f.Cloud = &stored.Cloud
	return &stored
}

// ruleset prefers what Keystone keeps to what the description wants it to keep.
func (v *visit) ruleset(stored *Stored) *symptom.Ruleset {
	if stored != nil && stored.Rules != nil {
		return symptom.StoredRules(stored.Mapping, stored.Rules)
	}
	var file []byte
	if v.idp.Mapping.Given() {
		var err error
		if file, err = input.File(v.opts.Local(v.idp.Mapping.Value), mapping.MaxSize); err != nil {
			return nil
		}
	}
	return symptom.DescribedRules(v.fed, v.idp, file)
}

// evaluated gives what the description's rules make of the token; zero without one.
func (v *visit) evaluated() symptom.Rules {
	if v.token.Empty() {
		return symptom.Rules{}
	}
	return v.ruleset(nil).Judge(v.fed, v.idp, v.token.Reveal())
}

// foreignIssuer tells of a token that Keystone took although another issuer made it.
func (v *visit) foreignIssuer() []wrong {
	for _, p := range v.checked.Problems {
		if p.Check == "iss" {
			return []wrong{odd(symptom.ForeignPassed, "iss", p.Seen, p.Expected)}
		}
	}
	return nil
}

// marks are what the walk so far shows.
func (v *visit) marks() []symptom.Fact {
	if v.facts[haveProject] {
		return append(v.serviceMarks(), symptom.ProjectListed)
	}
	return v.serviceMarks()
}
