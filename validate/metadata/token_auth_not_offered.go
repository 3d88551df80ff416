package metadata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tokenAuthNotOffered(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "token-auth-not-offered",
		Severity: finding.Warning,
		Title:    "the client shows itself to the issuer in a way that the issuer does not offer",
		Why: "How a client proves who it is when it exchanges the code is fixed: by the `.client` file, then by the `.conf` file, then by what the issuer lists first that the module knows. " +
			"An issuer that does not list the method answers `invalid_client`, after the user has given a password.",
		Mend:   "Write a method of the issuer's list, or remove the member: the module then chooses one.",
		Source: "OpenID Connect Discovery 1.0, section 3, token_endpoint_auth_methods_supported; RFC 6749, section 5.2",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			e, at := i.methodAt()
			offered, _ := listOf(i.Provider, "token_endpoint_auth_methods_supported")
			method := strings.SplitN(at.Text(), ":", 2)[0]
			if method == "" || len(offered) == 0 || slices.Contains(offered, method) || len(offered) == 1 && offered[0] == "" {
				return
			}
			i.on(p, e, at, finding.Finding{
				Message: fmt.Sprintf("the token endpoint is asked with %s, but %s offers %s", method, i.name(), strings.Join(offered, ", ")),
				Hint:    fmt.Sprintf("%q", offered[0]),
				Related: []finding.Related{{Message: "what the issuer offers", At: member(i.Provider, "token_endpoint_auth_methods_supported").At}},
			})
		}),
		After: []string{"conf-value-unknown", "metadata-offers-unusable"},
	}
}

// methodAt gives where it is said how the client shows itself.
func (i *issuer) methodAt() (*subject.Entry, *engine.Node) {
	if textOf(i.Client, "token_endpoint_auth_method") != "" {
		return i.Client, member(i.Client, "token_endpoint_auth_method")
	}
	return i.Conf, member(i.Conf, "token_endpoint_auth")
}
