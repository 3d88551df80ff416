package effective

import (
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// known is what was found out about the commands of a server or of a pattern: a
// hundred thousand requests may meet them, several at a time.
type known struct {
	once       sync.Once
	required   required
	conditions bool
	byKey      map[string][]*httpdconf.Command
}

// few is how many commands are looked through as quickly as they are looked up.
const few = 6

// of gives the commands of a name.
func (l *Layer) of(key string) []*httpdconf.Command {
	if l.known == nil || len(l.Commands) <= few {
		return commandsOf(l.Commands, key)
	}
	return l.learned().byKey[key]
}

func (l *Layer) learned() *known {
	l.known.once.Do(func() {
		l.known.required, l.known.conditions = ownAuthz(l), conditional(l.Commands)
		l.known.byKey = map[string][]*httpdconf.Command{}
		for _, c := range l.Commands {
			l.known.byKey[c.Key()] = append(l.known.byKey[c.Key()], c)
		}
	})
	return l.known
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
func (l *Layer) required() required {
	if l.known == nil {
		return ownAuthz(l)
	}
	return l.learned().required
}

// hasConditions reports whether there is an <If>, <ElseIf> or <Else> in the layer.
func (l *Layer) hasConditions() bool {
	if l.known == nil {
		return conditional(l.Commands)
	}
	return l.learned().conditions
}

func conditional(commands []*httpdconf.Command) bool {
	for _, c := range commands {
		if key := c.Key(); strings.HasPrefix(key, "<if") || strings.HasPrefix(key, "<else") {
			return true
		}
	}
	return false
}
