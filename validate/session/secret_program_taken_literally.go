package session

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func secretProgramTakenLiterally() rule.Rule {
	return rule.Rule{
		Slug:     "secret-program-taken-literally",
		Severity: finding.Error,
		Title:    "exec: is sent to the issuer as the client's secret",
		Why: "Only from 2.4.14 on does `OIDCClientSecret` run a program behind `exec:`, as `OIDCCryptoPassphrase` has since 2.4.5. An older module sends the text itself: the issuer answers `invalid_client` to every login. " +
			"`OIDCOAuthClientSecret`, for introspection, never runs one before that version either.",
		Mend:   "Write the secret itself, in a file that only root can read and that httpd includes; or use a module of 2.4.14 or newer.",
		Source: "mod_auth_openidc, ChangeLog 2.4.14; src/config.c of 2.4.12.3, OIDCClientSecret (oidc_set_string_slot)",
		Check: func(p *rule.Pass) {
			for _, key := range []string{"oidcclientsecret", "oidcoauthclientsecret"} {
				for _, s := range settings(p, user, key) {
					if !strings.HasPrefix(subject.Arg(s.at, 0), execPrefix) || !s.Tree.Before("2.4.14") {
						continue
					}
					p.On(s.at, finding.Finding{
						Message: fmt.Sprintf("mod_auth_openidc %s runs no program for %s: it sends the text `exec:…` as the secret, and the issuer refuses the client", s.Tree.Module, s.at.Name),
						Hint:    "# in a file that only root can read:\nInclude /etc/httpd/oidc-client-secret.conf",
					}, s.Vhost)
				}
			}
		},
	}
}
