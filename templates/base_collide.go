package templates

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/pattern"
)

// ownGroup is the process group that the inner vhosts run in.
const ownGroup = "keystone-federation"

// collisions finds what cannot stand beside what we write, in the chosen vhost, around all
// vhosts, and in what only one file may say.
func (a *adopted) collisions(gatePort int) {
	for c := range a.tree.All() {
		switch {
		case a.foreign(c):
			a.onlyOnce(c, gatePort)
		case a.colliding(c):
			a.collide(c)
		default:
			a.onlyOnce(c, gatePort)
		}
	}
	a.unseen()
}

// foreign reports whether a command belongs to another vhost.
func (a *adopted) foreign(c *httpdconf.Command) bool {
	for ; c != nil; c = c.Parent() {
		if c.Key() == "<virtualhost" {
			return c != a.host.Command
		}
	}
	return false
}

// federationPath recognises sections for the paths that we open and close.
var federationPath = pattern.Lazy(`(?i)OS-FEDERATION|websso`)

// moduleTypes are the AuthTypes of mod_auth_openidc and mod_oauth2.
func moduleTypes() []string { return []string{"openid-connect", "auth-openidc", "oauth20", "oauth2"} }

// colliding reports whether a command says what ours say otherwise.
func (a *adopted) colliding(c *httpdconf.Command) bool {
	key := c.Key()
	switch {
	case strings.HasPrefix(key, "oidc"), strings.HasPrefix(key, "oauth2"):
		return true
	case key == "authtype":
		return slices.Contains(moduleTypes(), strings.ToLower(firstWord(c)))
	case key == "<location", key == "<locationmatch":
		return federationPath().MatchString(c.RawArgs())
	}
	return claimsSet(c) || takesBearer(c)
}

// claimsSet reports whether a command writes variables of the request in which claims are expected.
func claimsSet(c *httpdconf.Command) bool {
	words := c.Argv()
	switch c.Key() {
	case "setenv", "unsetenv", "passenv":
	case "setenvif", "setenvifnocase":
		words = words[min(2, len(words)):]
	case "browsermatch", "browsermatchnocase", "setenvifexpr":
		words = words[min(1, len(words)):]
	case "rewriterule":
		return strings.Contains(strings.ToUpper(c.RawArgs()), "=OIDC") || strings.Contains(strings.ToUpper(c.RawArgs()), ":OIDC")
	case "requestheader":
		words = words[min(1, len(words)):min(2, len(words))]
	default:
		return false
	}
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(strings.ToUpper(strings.TrimPrefix(w, "!")), "OIDC") })
}

// takesBearer reports whether a command changes the header in which tokens come.
func takesBearer(c *httpdconf.Command) bool {
	words := c.Argv()
	return c.Key() == "requestheader" && len(words) > 1 && strings.EqualFold(strings.TrimSuffix(words[1], ":"), "Authorization")
}

func (a *adopted) collide(c *httpdconf.Command) {
	if p := c.Parent(); p != nil && a.colliding(p) {
		return // told of the section
	}
	what := c.Name
	if c.Section {
		what = "<" + c.Name + "> for a path of federation"
	}
	hint := "remove it: the description says it now"
	if a.base.Main != "" && !a.inBase(c) {
		hint = "remove it, or move it into the virtual host that needs it: it counts for every virtual host"
	}
	a.find("merge-collision", c.At(), what+" stands in the file already, and would count beside what is merged", hint, c.Chain()...)
}

// onlyOnce finds what no other file may hold: our process group, our port.
func (a *adopted) onlyOnce(c *httpdconf.Command, gatePort int) {
	switch c.Key() {
	case "wsgidaemonprocess":
		if firstWord(c) == ownGroup {
			a.find("merge-collision", c.At(), fmt.Sprintf("the process group %s is ours, and is there already outside of the markers", ownGroup), "give it another name", c.Chain()...)
		}
	case "listen", "<virtualhost":
		if slices.ContainsFunc(c.Argv(), func(w string) bool { return gatePort > 0 && portOf(w) == gatePort }) {
			a.find("merge-collision", c.At(), fmt.Sprintf("port %d is the gate's (httpd.gate_port), and is used here already", gatePort), "choose a free port in federation.yaml: httpd: {gate_port: PORT}", c.Chain()...)
		}
	}
}

func portOf(word string) int {
	if _, port, err := net.SplitHostPort(word); err == nil {
		word = port
	}
	at, err := netip.ParseAddrPort("127.0.0.1:" + word)
	if err != nil {
		return 0
	}
	return int(at.Port())
}

// unseen tells of files that the vhost includes and nobody can see.
func (a *adopted) unseen() {
	for _, s := range a.tree.Sites {
		c := &s.Command
		if a.foreign(c) || !a.outside[c.At()] {
			continue
		}
		a.found = append(a.found, finding.Finding{Slug: "merge-unseen", Severity: finding.Warning, At: c.At(),
			Message: "what is included here was not seen, so that nothing can be said of what it does to the paths of federation",
			Hint:    "render where the whole tree lies (-o / on the controller), or validate it there"})
	}
}
