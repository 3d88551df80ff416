package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func headerOnlyRule(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "header-only-rule",
		Severity: finding.Warning,
		Title:    "everything that a rule asks for is a request header, which a client may send itself",
		Why: "`HTTP_OIDC_GROUPS` is the header `OIDC-groups`, and anybody can send it. mod_auth_openidc takes forged ones away on the paths that it " +
			"protects, but `POST /v3/auth/tokens` runs the same mapping and is protected by nobody. Where the issuer is read from a header as well, and " +
			"httpd does not remove such headers, whoever reaches Keystone is whoever he says. A variable such as `OIDC-groups` cannot be sent.",
		Mend:   "Ask for the variables (`OIDC-sub`, `OIDC-groups`), also in `remote_id_attribute`, and set `OIDCPassClaimsAs environment`.",
		Source: "keystone/auth/plugins/mapped.py; keystone/api/auth.py; PEP 3333, environ Variables",
		After:  []string{"header-type-with-underscore"},
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			variable := func(q *requirement) bool { return !header(q.typeOf()) }
			if !blind(p) || issuerIsVariable(p) || slices.ContainsFunc(x.remote, variable) {
				return
			}
			q := x.remote[0]
			p.Report(finding.Finding{
				At:      q.name.At,
				Message: fmt.Sprintf("%s asks for request headers only: unless httpd removes such headers from every request, a client may send them itself", x),
				Hint:    quoted("OIDC-" + claim(q.typeOf())),
			}, x.node, q.node)
		}),
	}
}

// issuerIsVariable reports whether Keystone is known to read the issuer from a
// variable that no client can send.
func issuerIsVariable(p *rule.Pass) bool {
	if p.Keystone == nil {
		return false
	}
	var names []string
	for _, section := range append(p.Keystone.Conf.Sections(), "federation") {
		if v, ok := p.Keystone.Conf.Get(section, "remote_id_attribute"); ok {
			names = append(names, v.Text)
		}
	}
	return len(names) > 0 && !slices.ContainsFunc(names, header)
}
