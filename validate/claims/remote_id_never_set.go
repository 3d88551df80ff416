package claims

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func remoteIDNeverSet(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "remote-id-never-set",
		Severity: finding.Error,
		Title:    "remote_id_attribute names a variable that httpd never sets",
		Why: "Keystone takes the issuer from this variable and looks for the identity provider that has it as a remote id. Names are compared byte by byte: case counts, `OIDC-iss` is not `OIDC-ISS`, and a header arrives in capitals as `HTTP_OIDC_ISS`. " +
			"Where it is not there: 401, \"Could not find Identity Provider identifier in environment\", for everybody.",
		Mend:   "Write the name under which the module passes the claim `iss`.",
		Source: "keystone/federation/utils.py, validate_idp; mod_auth_openidc, src/util.c, oidc_util_set_app_info",
		After:  []string{"claims-not-passed", "claim-prefix-empty", "claim-prefix-differs", "claims-in-other-form", "claims-lost-in-proxy"},
		Check: r.each(func(v *view) {
			for _, x := range v.Reads {
				if x.Protocol == "" || !v.Whole {
					continue
				}
				if right, never := v.issuerOf(x); never {
					v.Report(finding.Finding{
						At:      x.At,
						Message: fmt.Sprintf("httpd never sets %s for protocol %s: the issuer is in %s", x.Name, x.Protocol, right),
						Hint:    "remote_id_attribute = " + right,
						Fix:     rewritten(x, right),
					}, names)
				}
			}
		}),
	}
}

// issuerOf gives the variable that holds the issuer at the doors of a protocol; never
// says that what is looked for instead is set at none of them.
func (v *view) issuerOf(x read) (right string, never bool) {
	for _, f := range v.Forms {
		if !f.Protocols[x.Protocol] && !f.Protocols[""] {
			continue
		}
		claim, header, ok := f.claim(x.Name)
		if ok && (header || claim == "iss" || !strings.EqualFold(claim, "iss")) && (!header || x.Name == strings.ToUpper(x.Name)) {
			return "", false
		}
		if right == "" {
			right = f.variable("iss")
		}
	}
	return right, right != ""
}

// rewritten is a fix that names another variable; nil where the value has no place in
// a file.
func rewritten(x read, name string) *finding.Fix {
	if x.At.Start.Line == 0 {
		return nil
	}
	return &finding.Fix{Title: "write " + name, Edits: []finding.Edit{{At: x.At, Text: name}}}
}
