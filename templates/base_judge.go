package templates

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// judge asks the finished configuration whether what we say about our paths is what holds.
type judge struct {
	*adopted
	host *effective.Server
	ours func(*httpdconf.Command) bool
	at   func(finding.Range) finding.Range // of the finished text, in the file
	told map[*httpdconf.Command]bool
}

// paths judges every path that is opened, and one of each kind that is not.
func (j *judge) paths(paths []string) {
	translating := j.translating()
	for _, p := range paths {
		x := j.host.At(effective.Request{Path: p})
		j.granted(x, p)
		j.satisfied(x, p)
		j.inSections(x, p)
		for _, t := range translating {
			if t.takes(p) {
				j.swallowed(t.command, p, t.hint)
			}
		}
	}
}

// granted finds who else decides about a path: sections behind ours, and those of which only
// a running server can tell.
func (j *judge) granted(x *effective.Context, p string) {
	authz, undecided := x.Authz()
	for _, c := range append(requires(authz), undecided...) {
		if !j.ours(c) {
			j.swallowed(c, p, "let it end before the paths of federation, or remove it")
		}
	}
	for _, c := range x.Setting("AuthType").Undecided {
		if !j.ours(c) {
			j.swallowed(c, p, "move it into a <Location> of its own")
		}
	}
}

// requires are the Require lines of a tree of them.
func requires(a *effective.Authz) []*httpdconf.Command {
	if a == nil {
		return nil
	}
	if a.Op == effective.One {
		return []*httpdconf.Command{a.Command}
	}
	var out []*httpdconf.Command
	for _, part := range a.Parts {
		out = append(out, requires(part)...)
	}
	return out
}

// satisfied finds a Satisfy Any: an Allow from all around ours would then be enough.
func (j *judge) satisfied(x *effective.Context, p string) {
	for _, c := range append(x.Setting("Satisfy").Commands, x.Setting("Satisfy").Undecided...) {
		if strings.EqualFold(firstWord(c), "any") {
			j.swallowed(c, p, "Satisfy All")
		}
	}
}

// inSections finds what sections around a path do to it besides.
func (j *judge) inSections(x *effective.Context, p string) {
	for _, l := range x.Layers {
		if l.Kind <= effective.VirtualHost {
			continue
		}
		for _, c := range l.Commands {
			if !j.ours(c) && takesOver(c) {
				j.swallowed(c, p, "let its section end before the paths of federation")
			}
		}
	}
}

// takesOver reports whether a directive of a section decides what answers there.
func takesOver(c *httpdconf.Command) bool {
	switch c.Key() {
	case "sethandler", "action", "redirect", "redirectmatch", "redirecttemp", "redirectpermanent", "proxypass", "proxypassmatch":
		return firstWord(c) != "!" && !strings.EqualFold(firstWord(c), "none")
	case "rewriterule":
		return !passes(c)
	}
	return false
}

func (j *judge) swallowed(c *httpdconf.Command, path, hint string) {
	if j.told[c] {
		return
	}
	j.told[c] = true
	name := c.Name
	if c.Section {
		name = "<" + name + ">"
	}
	j.find("merge-swallowed", j.at(c.At()), fmt.Sprintf("%s would decide about %s, which is opened and guarded by what is merged", name, path), hint, c.Chain()...)
}
