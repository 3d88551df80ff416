package access

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/subject"
)

// judged gives the door at which a request is judged: the one itself, or the virtual
// host behind a proxy that has no section for it. nil where nothing is known of what
// is behind, or where that door is told about by itself.
func judged(d *subject.Door) *subject.Door {
	if len(d.Vhost.Tree.Commands("proxypass"))+len(d.Vhost.Tree.Commands("proxypassmatch")) == 0 {
		return d
	}
	inner, known := d.Inner()
	if known && (inner == d || inner.Section == d.Section) {
		return inner
	}
	return nil
}

// ownLines gives the Require lines of a section, those of its containers and of
// <Limit> included.
func ownLines(section *httpdconf.Command) []*httpdconf.Command {
	var out []*httpdconf.Command
	for c := range section.Children() {
		switch c.Key() {
		case "require":
			out = append(out, c)
		case "<requireall", "<requireany", "<requirenone", "<limit", "<limitexcept":
			out = append(out, ownLines(c)...)
		}
	}
	return out
}

// around gives the sections around a command, the innermost first.
func around(c *httpdconf.Command) []any {
	var out []any
	for p := c.Parent(); p != nil; p = p.Parent() {
		out = append(out, p)
	}
	return out
}

// locationOf gives the <Location> or other section that a Require line stands in, its
// containers left aside; nil for none.
func locationOf(c *httpdconf.Command) *httpdconf.Command {
	for p := c.Parent(); p != nil; p = p.Parent() {
		switch p.Key() {
		case "<requireall", "<requireany", "<requirenone", "<limit", "<limitexcept":
		default:
			return p
		}
	}
	return nil
}

// denies reports whether a Require line is `Require all denied`.
func denies(c *httpdconf.Command) bool {
	return strings.EqualFold(subject.Arg(c, 0), "all") && strings.EqualFold(subject.Arg(c, 1), "denied")
}

// opens reports whether somebody who has shown nothing may pass a Require line.
func opens(c *httpdconf.Command) bool {
	return (&subject.Requirement{Authz: &effective.Authz{Command: c}}).Open()
}

// limited reports whether a part of a requirement is for some methods only.
func limited(need *subject.Requirement) bool {
	return need.Authz != nil && hasLimits(need.Authz)
}

func hasLimits(a *effective.Authz) bool {
	return len(a.Limits) > 0 || slices.ContainsFunc(a.Parts, hasLimits)
}

// claimsIn gives what a Require line says of claims: ["iss:https://…"]; nothing for
// any other line.
func claimsIn(c *httpdconf.Command) []string {
	if provider := subject.Arg(c, 0); provider != "claim" && provider != "oauth2_claim" {
		return nil
	}
	return c.Argv()[1:]
}

// about reports whether a line asks for a claim of that name.
func aboutClaim(c *httpdconf.Command, name string) bool {
	return slices.ContainsFunc(claimsIn(c), func(spec string) bool {
		rest, ok := strings.CutPrefix(spec, name)
		return ok && rest != "" && (rest[0] == ':' || rest[0] == '~')
	})
}

// validUser reports whether a line is `Require valid-user`.
func validUser(c *httpdconf.Command) bool { return subject.Arg(c, 0) == "valid-user" }
