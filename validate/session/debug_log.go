package session

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func debugLog() rule.Rule {
	return rule.Rule{
		Slug:     "debug-log",
		Severity: finding.Warning,
		Title:    "tokens and claims are written into the error log",
		Why: "At level debug mod_auth_openidc writes down what it gets and gives: access tokens, ID tokens, codes, all claims of all users. Most guides leave the level there. Whoever reads the log, or the place where logs are gathered, " +
			"can use a token until it expires. From 2.4.20.2 on the worst is masked, unless `OIDCDebugMaskSecrets` is Off.",
		Mend: "`LogLevel warn`, and debug only as long as somebody looks. From 2.4.12.4 on the module warns of an `Authorization` header whose scheme it does not know, with the header's text: where bearer tokens are taken, " +
			"`LogLevel auth_openidc:error` keeps a token that comes without `Bearer` out of the log.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_http_call and oidc_util_set_app_info (oidc_debug); auth_openidc.conf",
		Check: func(p *rule.Pass) {
			seen := map[*httpdconf.Command]bool{}
			for _, l := range levels(p) {
				if l.at == nil || !l.debug() || seen[l.at] {
					continue
				}
				seen[l.at] = true
				to := "warn"
				if module, _, ok := strings.Cut(l.word, ":"); ok {
					to = module + ":warn"
				}
				p.On(l.at, finding.Finding{
					Message: fmt.Sprintf("LogLevel %s has mod_auth_openidc write tokens and claims into the error log", l.word),
					Hint:    "LogLevel " + to,
					Fix:     subject.Write(l.at, l.n, to),
				})
			}
		},
	}
}
