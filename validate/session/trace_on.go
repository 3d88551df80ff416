package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func traceOn() rule.Rule {
	return rule.Rule{
		Slug:     "trace-on",
		Severity: finding.Warning,
		Title:    "TRACE sends back what came with a request",
		Why: "httpd answers TRACE with the whole request: also the headers that proxies on the way have added, such as secrets by which they show who they are, and cookies that scripts must not read. Nothing of Keystone needs it. " +
			"It is on where nothing is said (httpd's default), and here a line says so on purpose.",
		Mend:   "`TraceEnable Off`.",
		Source: "httpd, modules/http/http_filters.c, ap_send_http_trace; RFC 9110, section 9.3.8",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "traceenable") {
				if word := subject.Arg(s.at, 0); strings.EqualFold(word, "off") || word == "" {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: s.at.Name + " " + subject.Arg(s.at, 0) + ": TRACE answers with the headers of the request, those of proxies included",
					Hint:    "TraceEnable Off",
					Fix:     subject.Switch(s.at, "Off"),
				}, s.Vhost)
			}
		},
	}
}
