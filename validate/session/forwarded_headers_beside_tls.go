package session

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func forwardedHeadersBesideTLS() rule.Rule {
	return rule.Rule{
		Slug:     "forwarded-headers-beside-tls",
		Severity: finding.Info,
		Title:    "httpd speaks TLS itself, and believes a header about it",
		Why: "`OIDCXForwardedHeaders` is for an httpd behind a proxy that ends TLS and writes these headers anew on every request. Here httpd speaks TLS itself: it knows scheme, host and port. " +
			"If clients reach it without a proxy, the headers are whatever they send; a request with other values than the redirect URI's ends in 500, and cookies may lack `Secure`.",
		Mend:   "Take the directive away, unless a proxy stands in front that speaks TLS to httpd and overwrites the headers.",
		Source: "mod_auth_openidc, src/util.c, oidc_get_current_url; ChangeLog 2.4.11",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcxforwardedheaders") {
				words := s.at.Argv()
				if engine := s.Value("sslengine"); !subject.IsOn(engine) || len(words) == 1 && strings.EqualFold(words[0], "none") {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: fmt.Sprintf("OIDCXForwardedHeaders %s, but httpd speaks TLS itself in %s: without a proxy in front, clients write these headers", strings.Join(words, " "), s.Name()),
					Hint:    "RequestHeader unset X-Forwarded-Host early\nRequestHeader unset X-Forwarded-Proto early\nRequestHeader unset X-Forwarded-Port early",
				}, s.Vhost)
			}
		},
	}
}
