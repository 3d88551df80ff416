package effective

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// Op says how the parts of an Authz are joined. The zero Op is a single Require.
type Op int

// The ways to join.
const (
	One  Op = iota // Require itself
	All            // every part must grant
	Any            // one part must grant
	None           // no part may grant
)

// Authz is a tree of Require lines as it holds for a request.
//
// Command is the Require, or the container; nil where httpd joins by itself.
// Limits are the <Limit> and <LimitExcept> around it: the part is for some methods
// only.
type Authz struct {
	Op      Op
	Command *httpdconf.Command
	Parts   []*Authz
	Limits  []*httpdconf.Command

	words []string
}

// Words gives the words of a Require line, without Require; nil of a container.
func (a *Authz) Words() []string {
	if a.words == nil && a.Op == One && a.Command != nil {
		return a.Command.Argv() // one that somebody made
	}
	return a.words
}

// Authz merges the Require lines of the layers (mod_authz_core: the innermost
// section that has any replaces those around it, unless AuthMerging says
// otherwise). nil means that nothing is required: httpd lets everybody in, but
// answers 500 where an AuthType holds. Undecided are sections of which only a
// running server can tell whether they apply, and which would change it.
//
// httpd merges the sections of one kind with each other first, and then the result
// with what stands outside of them; that shows with AuthMerging. Each <Proxy> is
// merged by itself.
func (x *Context) Authz() (authz *Authz, undecided []*httpdconf.Command) {
	var whole, group required
	var kind Kind
	for _, l := range x.Layers {
		if k := max(l.Kind, VirtualHost); k != kind || k == Proxy {
			whole, group, kind = whole.with(group), required{}, k
		}
		own := l.required()
		if own.nothing() {
			continue
		}
		if !l.Certain {
			undecided = append(undecided, l.Section)
			continue
		}
		if own.replaces() {
			undecided = nil
		}
		group = group.with(own)
	}
	return whole.with(group).authz, undecided
}

// required is authz_core_dir_conf: what is required, and the AuthMerging that was
// said last, in lower case.
type required struct {
	authz   *Authz
	merging string
}

func (r required) nothing() bool  { return r.authz == nil && r.merging == "" }
func (r required) replaces() bool { return r.merging == "" || r.merging == "off" }

// with is merge_authz_core_dir_config.
func (r required) with(inner required) required {
	switch {
	case inner.nothing():
		return r
	case inner.replaces() || r.authz == nil && inner.authz == nil:
		return inner
	case r.authz == nil:
		return inner
	case inner.authz == nil:
		return required{r.authz, inner.merging}
	}
	op := Any
	if inner.merging == "and" {
		op = All
	}
	return required{&Authz{Op: op, Parts: []*Authz{r.authz, inner.authz}}, inner.merging}
}

// ownAuthz is what one layer requires, and its AuthMerging in lower case.
func ownAuthz(l *Layer) required {
	parts, merging := partsOf(l.Commands, nil), ""
	for _, c := range commandsOf(l.Commands, "authmerging") {
		merging = strings.ToLower(first(c.Argv()))
	}
	switch len(parts) {
	case 0:
		return required{nil, merging}
	case 1:
		return required{parts[0], merging}
	}
	return required{&Authz{Op: Any, Parts: parts}, merging}
}

func partsOf(commands []*httpdconf.Command, limits []*httpdconf.Command) []*Authz {
	var out []*Authz
	for _, c := range commands {
		switch c.Key() {
		case "require":
			out = append(out, &Authz{Command: c, Limits: limits, words: c.Argv()})
		case "<requireall":
			out = append(out, container(All, c, limits))
		case "<requireany":
			out = append(out, container(Any, c, limits))
		case "<requirenone":
			out = append(out, container(None, c, limits))
		case "<limit", "<limitexcept":
			out = append(out, partsOf(children(c), append(limits[:len(limits):len(limits)], c))...)
		}
	}
	return out
}

func container(op Op, c *httpdconf.Command, limits []*httpdconf.Command) *Authz {
	return &Authz{Op: op, Command: c, Parts: partsOf(children(c), limits), Limits: limits}
}

func children(c *httpdconf.Command) []*httpdconf.Command {
	n := 0
	for range c.Children() {
		n++
	}
	return slices.AppendSeq(make([]*httpdconf.Command, 0, n), c.Children())
}
