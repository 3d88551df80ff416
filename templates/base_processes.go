package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// processGroup is the name of the group that runs a script; "" for httpd's own processes.
func processGroup(alias *httpdconf.Command, words []string, host *effective.Server) string {
	name := optionsOf(words[1:])["process-group"]
	if name == "" {
		name = host.At(effective.Request{Path: loginPaths}).Setting("WSGIProcessGroup").Value()
	}
	if strings.HasPrefix(name, "%{") {
		return ""
	}
	return name
}

func (a *adopted) daemon(group string) *httpdconf.Command {
	i := slices.IndexFunc(a.daemons(), func(c *httpdconf.Command) bool { return group != "" && firstWord(c) == group })
	if i < 0 {
		return nil
	}
	return a.daemons()[i]
}

// daemons are all process groups of the tree.
func (a *adopted) daemons() []*httpdconf.Command {
	var out []*httpdconf.Command
	for c := range a.tree.All() {
		if c.Key() == "wsgidaemonprocess" {
			out = append(out, c)
		}
	}
	return out
}

func firstWord(c *httpdconf.Command) string {
	for word := range c.Args() {
		return word
	}
	return ""
}

// optionsOf reads NAME=VALUE words behind the first one.
func optionsOf(words []string) map[string]string {
	out := map[string]string{}
	for _, w := range words[min(1, len(words)):] {
		if name, value, ok := strings.Cut(w, "="); ok {
			out[name] = value
		}
	}
	return out
}

// threads tells of a process group in which the tokens of requests at the same time mix.
func (a *adopted) threads(daemon *httpdconf.Command, options map[string]string) {
	n := 15 // mod_wsgi's own
	if given, err := strconv.Atoi(options["threads"]); err == nil {
		n = given
	}
	if n < 2 {
		return
	}
	a.found = append(a.found, finding.Finding{Slug: "keystone-in-threads", Severity: finding.Info, At: daemon.At(),
		Message: fmt.Sprintf("Keystone runs in %d threads of a process: of two requests at the same time, one is answered with the groups and projects of the other user. Logins get processes of their own; what follows a login does not", n),
		Hint:    "threads=1, and more processes"})
}
