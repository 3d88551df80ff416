package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func confNotASCII() rule.Rule {
	return rule.Rule{
		Slug:     "conf-not-ascii",
		Severity: finding.Warning,
		Title:    "keystone.conf has a letter that Python does not read under httpd",
		Why: "Distributions start httpd with LANG=C, and mod_wsgi's Python then reads files as ASCII. A single other character, also in a comment, is a UnicodeDecodeError: Keystone does not start under httpd, " +
			"while `keystone-manage` in a shell reads the same file well.",
		Mend:   "Give the daemon process a locale, `lang=C.UTF-8`, or write the file in ASCII.",
		Source: "oslo.config, oslo_config/iniparser.py; mod_wsgi, WSGIDaemonProcess",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			daemon := withoutLocale(p.Site)
			if daemon == nil {
				return
			}
			for _, f := range p.Keystone.Conf.Files() {
				if f.NotASCII == (finding.Range{}) || f.Refused != nil {
					continue
				}
				p.Report(finding.Finding{
					At:      f.NotASCII,
					Message: "a character that is not ASCII: Keystone does not start where httpd runs with LANG=C",
					Hint:    fmt.Sprintf("WSGIDaemonProcess %s lang=C.UTF-8 locale=C.UTF-8", subject.Arg(daemon, 0)),
					Related: []finding.Related{{Message: "this process has no locale", At: daemon.At()}},
				})
			}
		},
	}
}

// withoutLocale gives a daemon process in which Keystone may run, and that has no locale;
// nil where there is none.
func withoutLocale(s *subject.Site) *httpdconf.Command {
	var found *httpdconf.Command
	for _, t := range s.Trees {
		for _, c := range t.Commands("wsgidaemonprocess") {
			words := strings.Join(c.Argv(), " ")
			if !strings.Contains(strings.ToLower(words), "keystone") {
				continue
			}
			if strings.Contains(words, "lang=") || strings.Contains(words, "locale=") {
				return nil
			}
			found = c
		}
	}
	return found
}
