package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func verificationOverHTTP() rule.Rule {
	return rule.Rule{
		Slug:     "verification-over-http",
		Severity: finding.Error,
		Title:    "the issuer's keys come over plain http",
		Why: "Whoever is on the way between httpd and the issuer can hand out keys of his own, or say of any token that it is valid: he can log in " +
			"as every user. mod_oauth2 takes such an address always, mod_auth_openidc from 2.4.16 on; before, httpd refuses the line.",
		Mend:   "`https://`. Only an address of the machine itself, such as http://127.0.0.1, needs none.",
		Source: "RFC 8414 section 3.2 (TLS); mod_auth_openidc ChangeLog 2.4.16; liboauth2 src/http.c",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, key := range []string{jwksURI, introspection} {
					if t.Before("2.4.16") {
						break // httpd refuses the line
					}
					for _, at := range t.Commands(key) {
						reportPlain(p, at, subject.Arg(at, 0), t.VhostOf(at))
					}
				}
				for _, v := range allVerifies(t) {
					if v.remote() {
						reportPlain(p, v.at, v.value, t.VhostOf(v.at))
					}
				}
			}
		},
	}
}

func reportPlain(p *rule.Pass, at *httpdconf.Command, address string, v *subject.Vhost) {
	if len(address) < 7 || !strings.EqualFold(address[:7], "http://") || subject.Loopback(address) || malformed(address) != "" {
		return
	}
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("%s is asked without TLS: whoever is on the way can put keys of his own in their place", shown(address)),
		Hint:    "https://" + shown(address)[7:],
	}, v)
}
