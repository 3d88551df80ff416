package metadata

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func confTLSOff(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "conf-tls-off",
		Severity: finding.Error,
		Title:    "the certificate of one issuer is not checked",
		Why: "With `ssl_validate_server` at 0 the module takes any certificate for this issuer's. Whoever can answer in its place on the network gets the client's secret and the codes of all logins, hands out keys of his own and so logs in as every user of the issuer. " +
			"The virtual host looks right, since the switch stands in the issuer's own file.",
		Mend:   "Write 1 or remove the member; a CA of your own belongs into `OIDCCABundlePath`.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_conf_parse; src/util.c, oidc_util_http_call (CURLOPT_SSL_VERIFYPEER)",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if at := member(i.Conf, "ssl_validate_server"); i.switchedOff(at) {
				i.on(p, i.Conf, at, finding.Finding{
					Message: "ssl_validate_server is off: the certificate of " + i.name() + " is not checked, whoever answers in its place may log in as everybody",
					Hint:    `"ssl_validate_server": 1`,
					Fix:     written(at, "1"),
				})
			}
		}),
	}
}

// switchedOff reports whether the module reads a flag as off: as a number, or since
// 2.4.12 as false or a word.
func (i *issuer) switchedOff(n *engine.Node) bool {
	if value, ok := integer(n); ok {
		return value == 0
	}
	if n == nil || i.before("2.4.12") {
		return false
	}
	on, ok := word(n.Text())
	return ok && !on || n.Value == false
}
