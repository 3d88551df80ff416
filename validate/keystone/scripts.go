package keystone

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/subject"
)

// script is Keystone's program in a virtual host. group is the process group that runs
// it, "" for httpd's own processes.
type script struct {
	vhost *subject.Vhost
	alias *httpdconf.Command
	group string
}

// keystoneScripts gives those whose process group is known.
func keystoneScripts(t *subject.Tree) (out []script) {
	for _, v := range t.Vhosts {
		for _, c := range v.Context("/").Setting("WSGIScriptAlias").Commands {
			if group, known := groupOf(v, c); known && isKeystone(v, c) {
				out = append(out, script{v, c, group})
			}
		}
	}
	return out
}

// isKeystone reports whether a script is Keystone's: by its name, or because a door of
// the virtual host lies right below it.
func isKeystone(v *subject.Vhost, alias *httpdconf.Command) bool {
	return strings.Contains(strings.ToLower(subject.Arg(alias, 1)), "keystone") ||
		slices.ContainsFunc(v.Doors(), func(d *subject.Door) bool { return d.Kind != subject.Callback && d.Prefix == mount(alias) })
}

func mount(alias *httpdconf.Command) string { return strings.TrimSuffix(subject.Arg(alias, 0), "/") }

// groupOf gives the process group of a script: what the alias says itself comes before
// WSGIProcessGroup (mod_wsgi's documentation of WSGIScriptAlias).
func groupOf(v *subject.Vhost, alias *httpdconf.Command) (name string, known bool) {
	for word := range alias.Args() {
		if group, ok := strings.CutPrefix(word, "process-group="); ok {
			return groupName(group)
		}
	}
	at := effective.Request{Path: mount(alias) + "/v3", File: subject.Arg(alias, 1), PathInfo: true}
	s := v.Server.At(at).Setting("WSGIProcessGroup")
	if len(s.Undecided) > 0 {
		return "", false
	}
	return groupName(s.Value())
}

// groupName gives the name of a process group: %{GLOBAL} are httpd's own processes, and
// what else has a variable only a running server knows.
func groupName(text string) (name string, known bool) {
	if text == "%{GLOBAL}" {
		return "", true
	}
	return text, !strings.Contains(text, "%{") && !strings.Contains(text, "${")
}
