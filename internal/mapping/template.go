package mapping

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// literal escapes a text for Python's str.format, which Keystone applies to
// every string of a rule's local part.
func literal(text string) string {
	if !strings.ContainsAny(text, "{}") {
		return text
	}
	return strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
}

// onlyClaim gives the claim of a template that consists of one claim.
func onlyClaim(template string) (string, bool) {
	pieces, err := spec.Pieces(template)
	if err != nil || len(pieces) != 1 {
		return "", false
	}
	return pieces[0].Claim, pieces[0].Claim != ""
}

func badTemplate(t spec.Text, err error) finding.Finding {
	return problem("bad-template", t.At, "template cannot be compiled: "+err.Error(), `name claims in braces, for instance "{preferred_username}"`)
}
