package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keystoneInThreads() rule.Rule {
	return rule.Rule{
		Slug:     "keystone-in-threads",
		Severity: finding.Error,
		Title:    "Keystone runs in several threads of one process",
		Why: "All threads of a process share one AuthContextMiddleware, and it keeps the token that it has read last. Of two requests at the same time, one is answered by the other's token in part: user and roles stay right, " +
			"but a federated user's groups are the other's. So `/v3/auth/projects` tells another user's projects, and a login that goes on to one of them ends in 401. The domain that policies ask for (`token.domain.id`) comes from there, too. " +
			"So it is in every release from wallaby to 2026.2. Without `threads=` a process of mod_wsgi has 15, and without a process group Keystone runs in httpd's own threads.",
		Mend: "Give it processes instead, `threads=1`: as many as it had threads, up to 16. Each takes about 120 MB.",
		Source: "keystone/server/flask/request_processing/middleware/auth_context.py, AuthContextMiddleware.fetch_token and fill_context; keystone/common/context.py; " +
			"mod_wsgi, WSGIDaemonProcess, threads",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				seen := map[*httpdconf.Command]bool{}
				for _, s := range keystoneScripts(t) {
					if at, found := inThreads(t, s); at != nil && !seen[at] {
						seen[at] = true
						p.On(at, found, s.vhost)
					}
				}
			}
		},
	}
}

// inThreads tells what is wrong with how a script is run, and where; nil for nothing.
func inThreads(t *subject.Tree, s script) (at *httpdconf.Command, f finding.Finding) {
	const mixed = "of two requests at the same time, one is answered with the groups and projects of the other user"
	if s.group == "" {
		if !threadedMPM(t) {
			return nil, f
		}
		return s.alias, finding.Finding{
			Message: "Keystone runs in httpd's own processes, which have many threads: " + mixed,
			Hint:    "WSGIDaemonProcess keystone processes=4 threads=1 user=keystone group=keystone\nWSGIProcessGroup keystone",
		}
	}
	d := daemonOf(t, s.group)
	if d.threads() < 2 {
		return nil, f
	}
	return d.command, finding.Finding{
		Message: fmt.Sprintf("Keystone runs in %d threads of a process: %s", d.threads(), mixed),
		Hint:    d.command.Name + " " + d.inProcesses(),
		Fix:     subject.Reword("give Keystone processes of one thread", d.command, 0, len(d.command.Words()), d.inProcesses()),
		Related: []finding.Related{{Message: "this is what it runs", At: s.alias.At()}},
	}
}

// threadedMPM reports whether httpd's own processes are known to have several threads.
func threadedMPM(t *subject.Tree) bool {
	event, _ := t.Loads("mpm_event_module")
	worker, _ := t.Loads("mpm_worker_module")
	return !t.Part && (event || worker) && t.Main().Value("threadsperchild") != "1"
}
