package templates

import (
	"cmp"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
)

// chooseStrategy takes the strategy of Choose, or finds what speaks against it.
func (j *job) chooseStrategy() {
	s := situation{j.openID, j.in.Documents, j.platform}
	name := cmp.Or(j.fed.HTTPD.Strategy.Value, auto)
	if name == auto {
		name, _ = s.best()
	}
	var known bool
	if j.strategy, known = strategyNamed(name); !known {
		j.find("strategy", j.fed.HTTPD.Strategy.At, fmt.Sprintf("httpd.strategy %q is not known", name), "strategy: auto")
		return
	}
	for _, o := range j.strategy.objects(s) {
		j.find("strategy", cmp.Or(o.at, j.fed.HTTPD.Strategy.At), fmt.Sprintf("strategy %s: %s", name, o.why), o.mend)
	}
	if j.strategy.OAuth2 {
		j.warnOfOAuth2()
	}
}

// warnOfOAuth2 tells what else is to be done where mod_oauth2 verifies.
func (j *job) warnOfOAuth2() {
	if ca := cmp.Or(j.fed.HTTPD.CABundle, j.fed.HTTPD.CAFile); ca.Given() {
		j.warn("strategy-ca", ca.At, "mod_oauth2 does not heed httpd.ca_bundle: it trusts the system's CAs alone for the issuers' keys",
			"install the CA on the target: /usr/local/share/ca-certificates/NAME.crt and update-ca-certificates")
	}
	for _, idp := range j.openID.IdentityProviders {
		if idp.Mapping.Given() {
			j.warn("strategy-mapping", idp.Mapping.At, "mod_oauth2 hands lists on as JSON text, and a mapping written by hand stays as it is",
				"rules:, which are compiled for both forms; or httpd.strategy: gate")
		}
	}
}

func (j *job) warn(slug string, at finding.Range, message, hint string) {
	j.findings = append(j.findings, finding.Finding{Slug: slug, Severity: finding.Warning, At: at, Message: message, Hint: hint})
}

// askerSecrets fetches what shows issuers who asks about tokens.
func (j *job) askerSecrets() error {
	j.askers = map[string]string{}
	for _, idp := range j.openID.IdentityProviders {
		if !asked(idp) {
			continue
		}
		v, err := j.secret(fmt.Sprintf("bearer.introspection.client of %q", idp.ID.Value), idp.Bearer.Introspection.Client.Secret)
		if err != nil {
			return err
		}
		j.askers[idp.ID.Value] = v.Reveal()
	}
	return nil
}
