package probe

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

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
