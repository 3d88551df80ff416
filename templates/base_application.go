package templates

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/platform"
)

// application is how a vhost reaches Keystone: a script of mod_wsgi, or a uwsgi.
type application struct {
	script  string   // "" where there is a uwsgi
	uwsgi   string   // HOST:PORT; "" where there is a script
	user    string   // of the script's processes; "" unknown
	group   string   // the same
	options []string // of its processes, that ours must have as well
}

// loginPaths is where the paths begin at which Keystone logs people in.
const loginPaths = "/v3/auth/OS-FEDERATION"

// application finds out how the chosen vhost reaches Keystone.
func (a *adopted) application() application {
	at := a.host.At(effective.Request{Path: loginPaths})
	if c, target := proxied(at.Setting("ProxyPass").Commands, loginPaths); c != nil {
		return a.behindProxy(c, target)
	}
	for _, c := range at.Setting("WSGIScriptAlias").Commands {
		words := c.Argv()
		if len(words) > 1 && covers(words[0], loginPaths) {
			return a.script(c, words)
		}
	}
	a.find("merge-application", a.host.Command.At(), "nothing in this virtual host says how it reaches Keystone: there is no WSGIScriptAlias and no ProxyPass for /v3",
		"WSGIScriptAlias / /usr/bin/keystone-wsgi-public, or name the file that has it with --base")
	return application{}
}

// proxied gives the ProxyPass that takes a path, and where it leads; nil for none. Those of a
// section have the section's path.
func proxied(commands []*httpdconf.Command, path string) (*httpdconf.Command, string) {
	for _, c := range commands {
		words := c.Argv()
		inside := c.Parent() != nil && !strings.EqualFold(c.Parent().Name, "VirtualHost")
		switch {
		case inside && len(words) > 0:
			return c, words[0]
		case len(words) < 2 || !covers(words[0], path):
		case words[1] == "!":
			return nil, ""
		default:
			return c, words[1]
		}
	}
	return nil, ""
}

// covers reports whether a path is below another one.
func covers(prefix, path string) bool {
	prefix = strings.TrimSuffix(prefix, "/")
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '/')
}

func (a *adopted) behindProxy(c *httpdconf.Command, target string) application {
	if address, ok := strings.CutPrefix(target, "uwsgi://"); ok {
		address, path, _ := strings.Cut(address, "/")
		if path == "" && strings.Contains(address, ":") {
			return application{uwsgi: address}
		}
	}
	message, hint := "requests are passed on to "+scheme(target)+", which carries headers only: who logs in stands in variables of the request, and Keystone behind it would never see them",
		"ProxyPass / uwsgi://127.0.0.1:PORT/, with Keystone's uwsgi listening there (uwsgi-socket), or mod_wsgi"
	if strings.Contains(target, "uwsgi://") {
		message, hint = "a uwsgi is known here by its address and port, at the root of its paths: uwsgi://HOST:PORT/", "let Keystone's uwsgi listen at a port of 127.0.0.1 (uwsgi-socket), and name that"
	}
	a.find("merge-application", c.At(), message, hint)
	return application{}
}

func scheme(target string) string {
	before, _, _ := strings.Cut(target, "://")
	return finding.Printable(before)
}

// script reads WSGIScriptAlias, and the process group that runs it.
func (a *adopted) script(c *httpdconf.Command, words []string) application {
	if words[0] != "/" {
		a.find("merge-application", c.At(), fmt.Sprintf("Keystone is mounted at %s, expected at /: its federation paths begin with /v3", finding.Printable(words[0])), "WSGIScriptAlias / "+finding.Printable(words[1]))
	}
	app := application{script: words[1]}
	daemon := a.daemon(processGroup(c, words, a.host))
	if daemon == nil {
		return app
	}
	options := optionsOf(daemon.Argv())
	app.user, app.group = options["user"], options["group"]
	for _, name := range []string{"python-home", "python-path", "home", "umask", "supplementary-groups"} {
		if value := options[name]; value != "" {
			app.options = append(app.options, name+"="+value)
		}
	}
	a.threads(daemon, options)
	return app
}

// onto puts what was found out in the place of the platform's own facts.
func (app application) onto(l *platform.Layout) {
	l.WSGIScript, l.UWSGI = cmp.Or(app.script, l.WSGIScript), app.uwsgi
	l.KeystoneUser, l.KeystoneGroup = cmp.Or(app.user, l.KeystoneUser), cmp.Or(app.group, l.KeystoneGroup)
}
