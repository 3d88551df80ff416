package effective

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// known is what was found out about the commands of a server or of a pattern: a
// hundred thousand requests may meet them.
type known struct {
	required   *required
	conditions *bool
	byKey      map[string][]*httpdconf.Command
}

// few is how many commands are looked through as quickly as they are looked up.
const few = 6

// of gives the commands of a name.
func (l Layer) of(key string) []*httpdconf.Command {
	if l.known == nil || len(l.Commands) <= few {
		return commandsOf(l.Commands, key)
	}
	if l.known.byKey == nil {
		l.known.byKey = map[string][]*httpdconf.Command{}
		for _, c := range l.Commands {
			l.known.byKey[c.Key()] = append(l.known.byKey[c.Key()], c)
		}
	}
	return l.known.byKey[key]
}

func commandsOf(commands []*httpdconf.Command, key string) []*httpdconf.Command {
	var out []*httpdconf.Command
	for _, c := range commands {
		if c.Key() == key {
			out = append(out, c)
		}
	}
	return out
}

// required is what the layer requires by itself.
func (l Layer) required() required {
	if l.known == nil {
		return ownAuthz(l)
	}
	if l.known.required == nil {
		own := ownAuthz(l)
		l.known.required = &own
	}
	return *l.known.required
}

// hasConditions reports whether there is an <If>, <ElseIf> or <Else> in the layer.
func (l Layer) hasConditions() bool {
	if l.known == nil {
		return conditional(l.Commands)
	}
	if l.known.conditions == nil {
		has := conditional(l.Commands)
		l.known.conditions = &has
	}
	return *l.known.conditions
}

func conditional(commands []*httpdconf.Command) bool {
	for _, c := range commands {
		if key := c.Key(); strings.HasPrefix(key, "<if") || strings.HasPrefix(key, "<else") {
			return true
		}
	}
	return false
}
