package saml

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// wrong says what is wrong with the value of a directive at a door; ok is false where
// nothing is. The value is in lower case, "" where there is none.
type wrong func(value string) (f finding.Finding, ok bool)

// judge looks at a directive at each door where mod_auth_mellon is to log people in.
// What is wrong with a command is told once, for however many doors it counts.
func judge(p *rule.Pass, directive string, wrong wrong) {
	told := map[*httpdconf.Command]bool{}
	for _, d := range p.Doors() {
		at, value, sure := setting(d, directive)
		if !sure || told[at] || d.AuthType() != "mellon" || d.Require().Denied() {
			continue
		}
		if f, ok := wrong(value); ok {
			told[at] = true
			p.On(at, f, d, d.Vhost)
		}
	}
}

// setting gives the value of a directive at a door and where it is written: at the
// door's section where it is not. sure is false where only a running server can tell.
func setting(d *subject.Door, directive string) (at *httpdconf.Command, value string, sure bool) {
	s := d.Setting(directive)
	at = d.Section
	if n := len(s.Commands); n > 0 {
		at = s.Commands[n-1]
	}
	return at, strings.ToLower(s.Value()), len(s.Undecided) == 0
}
