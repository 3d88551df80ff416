package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimPrefixDiffers(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-prefix-differs",
		Severity: finding.Error,
		Title:    "claims come under another prefix than Keystone looks for",
		Why: "The module names variables by OIDCClaimPrefix, which is `OIDC_CLAIM_` where it is not set: the issuer comes as `OIDC_CLAIM_iss`. Keystone looks for the names in `remote_id_attribute` and in its mappings and finds none of them: " +
			"401, \"Could not find Identity Provider identifier in environment\". A prefix with `_` also makes headers that httpd does not hand to programs, so that no `HTTP_OIDC_…` comes of it.",
		Mend:   "`OIDCClaimPrefix \"OIDC-\"`, as Keystone's documentation has it; or name the variables in Keystone as the module does.",
		Source: "mod_auth_openidc, src/config.c (OIDC_DEFAULT_CLAIM_PREFIX); httpd, server/util_script.c, http2env; keystone/federation/utils.py",
		After:  []string{"claim-prefix-empty"},
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				reads := v.readsFor(f)
				if f.OAuth2 || f.Prefix == "" || len(reads) == 0 || slices.ContainsFunc(reads, func(x read) bool { return f.ofPrefix(x.Name) }) {
					continue
				}
				wanted := prefixOf(reads)
				g := finding.Finding{
					Message: fmt.Sprintf("the issuer comes as %siss, and Keystone looks for %s: it finds no claim", f.Prefix, some(reads)),
					Hint:    fmt.Sprintf("OIDCClaimPrefix %q", wanted),
					Related: related(reads),
				}
				if f.PrefixAt != nil {
					g.Fix = replaced(f.PrefixAt, 0, `"`+wanted+`"`)
				} else {
					g.Fix = inserted(f.Door.Section, g.Hint)
				}
				v.On(first(f.PrefixAt, f.Vhost.Server.Command, f.Door.Section), g, append(f.Doors, f.Vhost, names)...)
			}
		}),
	}
}

// names is what rules are about that say that Keystone does not find claims.
const names = "the names of claims"

// readsFor gives what Keystone looks for in the claims of a form: what mappings look
// for, and the issuer's variable of the form's protocols.
func (v *view) readsFor(f *form) []read {
	var out []read
	for _, x := range v.Reads {
		if x.Protocol == "" || f.Protocols[x.Protocol] || f.Protocols[""] {
			out = append(out, x)
		}
	}
	return out
}

// prefixOf gives the prefix with which the module would set what Keystone looks for.
func prefixOf(reads []read) string {
	for _, p := range []string{"OIDC-", "OIDC_CLAIM_", "OIDC_", "OAUTH2_CLAIM_"} {
		if slices.ContainsFunc(reads, func(x read) bool { return strings.HasPrefix(x.Name, p) }) {
			return p
		}
	}
	return "OIDC-"
}
