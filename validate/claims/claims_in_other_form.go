package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimsInOtherForm(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claims-in-other-form",
		Severity: finding.Error,
		Title:    "claims come as headers and are looked for in the environment, or the other way round",
		Why: "A claim that is passed as a header comes to Keystone as `HTTP_OIDC_ISS`; one that is passed in the environment as `OIDC-iss`. With `OIDCPassClaimsAs` `headers` or `environment` only one of the two is there, " +
			"and all that Keystone looks for is named in the other way: 401 for everybody.",
		Mend:   "Look for the environment's names, which no client can set, and pass `environment`; or pass both until mappings and `remote_id_attribute` are renamed.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_set_app_info; mod_wsgi, HTTP_ variables of headers",
		After:  []string{"claims-not-passed", "claim-prefix-empty", "claim-prefix-differs", "claims-lost-in-proxy"},
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				reads := v.readsFor(f)
				if len(reads) == 0 || !slices.ContainsFunc(reads, func(x read) bool { return f.ofPrefix(x.Name) }) || slices.ContainsFunc(reads, f.sets) || f.Proxied || f.PassAs == "none" {
					continue
				}
				v.On(f.passAt(), finding.Finding{
					Message: fmt.Sprintf("claims are passed %s alone, where the issuer is %s, and Keystone looks for %s: it finds none", f.way(), f.variable("iss"), some(reads)),
					Hint:    f.otherForm(reads),
					Fix:     f.otherFormFix(reads),
					Related: related(reads),
				}, append(f.Doors, f.Vhost, names)...)
			}
		}),
	}
}

// sets reports whether the form sets a variable, as far as its name tells.
func (f *form) sets(x read) bool {
	_, _, ok := f.claim(x.Name)
	return ok
}

// way names how claims are passed.
func (l look) way() string {
	if l.PassAs == "headers" {
		return "as headers"
	}
	return "in the environment"
}

// otherForm mends it on the side of the environment, which no client can set.
func (f *form) otherForm(reads []read) string {
	if f.PassAs == "headers" && !slices.ContainsFunc(reads, isHeader) {
		return f.passLine("environment")
	}
	return "# keystone.conf, and in the mapping likewise:\nremote_id_attribute = " + f.Prefix + "iss"
}

func isHeader(x read) bool { return strings.HasPrefix(x.Name, "HTTP_") }

// otherFormFix passes the environment, where all that Keystone looks for is named so.
func (f *form) otherFormFix(reads []read) *finding.Fix {
	if f.PassAs == "headers" && !slices.ContainsFunc(reads, isHeader) {
		return f.passFix("environment")
	}
	return nil
}
