package report

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe"
)

// hostile is text that tries to leave its place.
const hostile = "</script></style><img src=x onerror=alert(1)> \u202eevil\u202c \x1b[31m ]]> {{.}} ' \" ` `"

// makeHostile puts hostile and very long texts wherever a server could.
func makeHostile(f probe.Fleet) {
	long := strings.Repeat("x", 10_000)
	for i := range f {
		p := &f[i].Providers[0]
		breaks(p, "exchange", probe.Step{Status: 401, AnsweredBy: keystone.AnsweredBy("<b>"), Symptom: hostile, Cause: hostile + long, Mend: "`" + long + " " + hostile, Notes: []string{long, hostile, strings.Repeat("word ", 2000)},
			Findings:   []finding.Finding{{Slug: hostile, Severity: finding.Error, Message: hostile, Hint: long, At: finding.Range{Path: hostile, Start: finding.Pos{Line: 1, Column: 1}, End: finding.Pos{Line: 1, Column: 4}}}},
			Requests:   []probe.Request{{Method: hostile, URL: long + hostile, Why: hostile, Status: -1, Start: -ms, Done: 1 << 50}},
			Screenshot: []byte(hostile)})
		p.Issuer, p.User, p.Projects = hostile+long, long, []string{hostile, long}
		p.Seen.KeyIDs = []string{hostile, long}
		for j := range f[i].Isolation[:3] {
			c := &f[i].Isolation[j]
			c.Token, c.Verdict, c.Cause, c.Mend, c.Door, c.Symptom, c.AnsweredBy = hostile+long, probe.Fail, hostile, long, hostile, hostile, "<i>"
		}
		f[i].Controller += hostile
	}
}
