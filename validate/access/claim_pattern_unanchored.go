package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimPatternUnanchored() rule.Rule {
	return rule.Rule{
		Slug:     "claim-pattern-unanchored",
		Severity: finding.Warning,
		Title:    "a claim's pattern holds for longer values, too",
		Why: "`Require claim NAME~PATTERN` looks for the pattern anywhere in the claim's value. Without `^` and `$`, a pattern for the issuer `https://sso.example.org` also holds for " +
			"`https://sso.example.org.example.net`, and one for the client `cli` for `not-our-cli-2`.",
		Mend:   "Begin the pattern with `^` and end it with `$`, and write dots as `\\.`; or compare the whole value, with `:` in place of `~`.",
		Source: "src/authz.c, oidc_authz_match_claim (oidc_util_regexp_first_match)",
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				for _, c := range d.Require().Lines() {
					if spec := looseClaim(c); spec != "" && locationOf(c) == d.Section {
						p.On(c, finding.Finding{
							Message: fmt.Sprintf("the pattern of the claim %s has no %s: it holds for every value that has it inside", spec, missingAnchor(spec)),
							Hint:    "Require claim " + anchored(spec),
						}, d, d.Section)
					}
				}
			}
		},
	}
}

// looseClaim gives the first pattern of a line that is about who a token is from or
// for, and is not bound at both ends. The names of clients may well have a beginning
// in common.
func looseClaim(c *httpdconf.Command) string {
	if !strings.Contains(c.RawArgs(), "~") {
		return ""
	}
	for _, spec := range claimsIn(c) {
		name, pattern, ok := strings.Cut(spec, "~")
		if !ok || !slices.Contains([]string{"iss", "aud", "azp", "client_id", "appid", "sub", "hd", "tid"}, name) {
			continue
		}
		if missing := missingAnchor(pattern); missing != "" && (missing != "$" || name == "iss" || name == "aud") {
			return spec
		}
	}
	return ""
}

func missingAnchor(pattern string) string {
	if _, rest, ok := strings.Cut(pattern, "~"); ok {
		pattern = rest
	}
	begin, end := strings.HasPrefix(pattern, "^"), strings.HasSuffix(pattern, "$") || strings.HasSuffix(pattern, `\z`)
	switch {
	case !begin && !end:
		return "^ and no $"
	case !begin:
		return "^"
	case !end:
		return "$"
	}
	return ""
}

// anchored writes a claim's pattern with both ends bound, as one word of httpd's.
func anchored(spec string) string {
	name, pattern, _ := strings.Cut(spec, "~")
	pattern = "^" + strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$") + "$"
	quoted, err := httpdconf.QuoteAlways(name + "~" + pattern)
	if err != nil {
		return name + "~^PATTERN$"
	}
	return quoted
}
