package startup

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func wsgiProcessGroupUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "wsgi-process-group-unknown",
		Severity: finding.Error,
		Title:    "a WSGIProcessGroup that cannot be used there",
		Why: "A process group that WSGIDaemonProcess makes inside of one virtual host belongs to that one (and to " +
			"others of its name); another one gets 500: `No WSGI daemon process called … has been configured`. A " +
			"misspelt name does the same.",
		Mend:   "Put WSGIDaemonProcess outside of virtual hosts, or mend the name.",
		Source: "mod_wsgi, src/server/mod_wsgi.c, wsgi_execute_remote",
		After:  []string{"include-not-read"},
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				groups := daemons(t)
				for _, at := range t.Commands("wsgiprocessgroup") {
					name, v := subject.Arg(at, 0), t.VhostOf(at)
					owner, known := groups[name]
					if strings.HasPrefix(name, "%{") || strings.Contains(name, "${") || !known && t.Part || known && reaches(owner, v) {
						continue
					}
					p.On(at, finding.Finding{
						Message: fmt.Sprintf("%s uses the process group %q, %s: every request gets 500", v.Name(), name, whose(owner)),
						Hint:    "put WSGIDaemonProcess " + name + " outside of virtual hosts",
					}, v)
				}
			}
		},
	}
}

// daemons gives each process group's virtual host.
func daemons(t *subject.Tree) map[string]*subject.Vhost {
	out := map[string]*subject.Vhost{}
	for _, c := range t.Commands("wsgidaemonprocess") {
		out[subject.Arg(c, 0)] = t.VhostOf(c)
	}
	return out
}

// reaches reports whether a group made in one server can be used in another: mod_wsgi
// compares their names.
func reaches(owner, user *subject.Vhost) bool {
	return owner == user || owner.Main == nil || owner.Server.Name == user.Server.Name
}

func whose(owner *subject.Vhost) string {
	if owner == nil {
		return "which nothing makes"
	}
	return "which is made in " + owner.Name()
}
