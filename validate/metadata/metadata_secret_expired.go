package metadata

import (
	"fmt"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataSecretExpired(r *reader, now func() time.Time) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-secret-expired",
		Severity: finding.Error,
		Title:    "the client's secret has expired",
		Why: "`client_secret_expires_at` is when the issuer's secret for this client ends, in seconds since 1970; 0 is never. From then on the module takes the file for one that is not there: it logs \"secret expired\" and registers a client anew, " +
			"or ends the login. That happens on a day without any change on the controller.",
		Mend:   "Have the issuer renew the secret, and write the new one with its time.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_client_is_valid; OpenID Connect Dynamic Client Registration 1.0, section 3.2.1",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			at := member(i.Client, "client_secret_expires_at")
			seconds, ok := integer(at)
			if !ok || seconds == 0 {
				return
			}
			f := finding.Finding{Hint: `"client_secret_expires_at": 0`}
			switch end, today := time.Unix(seconds, 0).UTC(), now(); {
			case end.Before(today):
				f.Message = fmt.Sprintf("the secret of the client at %s ended on %s: logins fail", i.name(), end.Format(time.DateOnly))
				f.Hint = "# a new secret of the issuer, and when it ends\n" + f.Hint
			case end.Before(today.AddDate(0, 1, 0)):
				f.Severity = finding.Warning
				f.Message = fmt.Sprintf("the secret of the client at %s ends on %s: logins fail from then on", i.name(), end.Format(time.DateOnly))
			default:
				return
			}
			i.on(p, i.Client, at, f)
		}),
	}
}
