package metadata

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func clientSecretIsProgram(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "client-secret-is-program",
		Severity: finding.Error,
		Title:    "a secret in a .client file begins with exec:",
		Why: "A module of 2.4.12 sends the text itself as the secret, and the issuer answers `invalid_client`. Newer ones that read the member as they read `OIDCClientSecret` run it as a program of httpd's user, with each login: " +
			"then whoever can write the file, or choose the client's secret at the issuer, runs programs on the controller.",
		Mend:   "Write the secret itself.",
		Source: "mod_auth_openidc 2.4.12.3, src/metadata.c, oidc_metadata_client_parse; 2.4.20.3, src/cfg/provider.c, client_secret (oidc_cfg_parse_passphrase)",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if !strings.HasPrefix(textOf(i.Client, "client_secret"), "exec:") {
				return
			}
			f := finding.Finding{Message: "client_secret begins with exec:, which some versions of the module run as a program and others send as it is", Hint: `"client_secret": "SECRET"`}
			if i.before("2.4.14") {
				f.Message = fmt.Sprintf("mod_auth_openidc %s runs no program for client_secret: it sends the text `exec:…` as the secret, and %s refuses the client", i.module(), i.name())
			}
			i.on(p, i.Client, member(i.Client, "client_secret"), f)
		}),
	}
}
