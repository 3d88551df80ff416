package bearer

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func verificationAddressMalformed() rule.Rule {
	return rule.Rule{
		Slug:     "verification-address-malformed",
		Severity: finding.Error,
		Title:    "the address of the keys has no host, or blanks in it",
		Why: "mod_auth_openidc looks at the scheme of an address and at little else: `https:///jwks`, as a template with an empty variable " +
			"writes it, passes `httpd -t` and the start. The keys are never found, and every token gets 401.",
		Mend:   "The whole address, as the issuer's discovery document names it (`jwks_uri`, `introspection_endpoint`).",
		Source: "mod_auth_openidc src/parse.c, oidc_valid_url; RFC 3986 section 3",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, key := range urlKeys() {
					for _, at := range t.Commands(key) {
						if what := malformed(subject.Arg(at, 0)); what != "" {
							p.On(at, finding.Finding{
								Message: fmt.Sprintf("%q %s: the keys are never found, and every token gets 401", shown(subject.Arg(at, 0)), what),
								Hint:    at.Name + " https://ISSUER-HOST/PATH",
							}, t.VhostOf(at))
						}
					}
				}
			}
		},
	}
}

// malformed says what is wrong with an address that the module takes; "" for
// nothing, and for what httpd refuses by itself.
func malformed(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http") {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	u, err := url.Parse(address)
	switch {
	case host == "" || err == nil && u.Hostname() == "":
		return "has no host"
	case strings.ContainsAny(rest, " \t"):
		return "has a blank in it"
	case err != nil:
		return "is no URL"
	case u.Fragment != "":
		return "has a fragment, which is never sent"
	}
	return ""
}
