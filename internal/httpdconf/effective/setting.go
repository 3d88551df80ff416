package effective

import (
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// Setting is what decides a directive for a request. Commands are in the order in
// which httpd applies them; of a directive that only one can win, there is one.
// Undecided are commands of sections of which only a running server can tell
// whether they apply; they would change the setting.
type Setting struct {
	Commands  []*httpdconf.Command
	Undecided []*httpdconf.Command
}

// Value gives the first argument of the last command; "" if there is none.
func (s Setting) Value() string {
	if len(s.Commands) == 0 {
		return ""
	}
	return first(s.Commands[len(s.Commands)-1].Argv())
}

// Setting merges one directive over the layers. A directive that has no rule of
// its own is taken as most are: the innermost section that has it wins, and in it
// the last command.
func (x *Context) Setting(name string) Setting {
	n := x.Server.main.named(name)
	key, r := n.key, n.rule
	var s, inner Setting
	for _, l := range x.Layers {
		if r.server && l.Kind > VirtualHost {
			break
		}
		if r.way == apart && l.Kind > VirtualHost {
			inner.merge(rule{}, l, l.of(key))
		} else {
			s.merge(r, l, l.of(key))
		}
	}
	return Setting{append(inner.Commands, s.Commands...), append(inner.Undecided, s.Undecided...)}
}

// name is a directive's name as it is kept, and how it is merged.
type name struct {
	key  string
	rule rule
}

// names are those that were looked up: settings are asked for many requests.
type names struct{ known sync.Map }

func (s *Server) named(text string) name {
	if n, ok := s.names.known.Load(text); ok {
		return n.(name)
	}
	key := strings.ToLower(text)
	n := name{key, ruleOf(key)}
	s.names.known.Store(text, n)
	return n
}

// merge puts what a layer says over what the ones in front said.
func (s *Setting) merge(r rule, l *Layer, commands []*httpdconf.Command) {
	switch {
	case len(commands) == 0:
	case !l.Certain || r.way == asks:
		s.Undecided = append(s.Undecided, commands...)
	case r.way == collect || r.way == apart:
		s.Commands = append(s.Commands, commands...)
	case r.way == collectInner:
		s.Commands = append(append([]*httpdconf.Command{}, commands...), s.Commands...)
	case r.way == byKey:
		s.replaceKeys(commands)
	case r.way == relative:
		s.relate(commands)
	case r.way == many:
		s.Commands, s.Undecided = commands, nil
	default:
		s.Commands, s.Undecided = commands[len(commands)-1:], nil
	}
}

// replaceKeys lets commands win over those with the same first argument.
func (s *Setting) replaceKeys(commands []*httpdconf.Command) {
	for _, c := range commands {
		key := first(c.Argv())
		var kept []*httpdconf.Command
		for _, old := range s.Commands {
			if first(old.Argv()) != key {
				kept = append(kept, old)
			}
		}
		s.Commands = append(kept, c)
	}
}

// relate lets commands without + or - in front of their first value win over all
// before them (set_options of server/core.c, also within one section).
func (s *Setting) relate(commands []*httpdconf.Command) {
	for _, c := range commands {
		if value := first(c.Argv()); !strings.HasPrefix(value, "+") && !strings.HasPrefix(value, "-") {
			*s = Setting{}
		}
		s.Commands = append(s.Commands, c)
	}
}

// Early reports whether a Header or RequestHeader is worked off before anything
// else looks at the request, when sections do not yet count.
func Early(c *httpdconf.Command) bool {
	words := c.Argv()
	return len(words) > 0 && strings.EqualFold(words[len(words)-1], "early")
}
