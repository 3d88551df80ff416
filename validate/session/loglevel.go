package session

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// level is the level at which mod_auth_openidc logs: the word of a LogLevel that
// decides it, the n-th argument. At is nil where nothing is said.
type level struct {
	at   *httpdconf.Command
	n    int
	word string
}

// debug reports whether a level is debug or lower.
func (l level) debug() bool {
	name := strings.ToLower(l.word[strings.LastIndexByte(l.word, ':')+1:])
	return name == "debug" || strings.HasPrefix(name, "trace")
}

// levels gives the levels of the virtual hosts in which mod_auth_openidc is used,
// and of single paths in them.
func levels(p *rule.Pass) []level {
	base := map[*subject.Vhost]level{}
	var out []level
	for _, v := range hosts(p, user) {
		l := level{}
		if v.Main != nil {
			l = l.after(v.Main.Own("loglevel"))
		}
		base[v] = l.after(v.Own("loglevel"))
		out = append(out, base[v])
	}
	for _, t := range p.Trees {
		for _, c := range t.Commands("loglevel") {
			v := t.VhostOf(c)
			if l, used := base[v]; used && c.Parent() != v.Server.Command {
				out = append(out, l.after([]*httpdconf.Command{c}))
			}
		}
	}
	return out
}

// after reads more LogLevels behind what holds: a level alone is for all modules and
// replaces what was said of single ones (server/core.c, set_loglevel; server/config.c,
// ap_merge_log_config).
func (l level) after(commands []*httpdconf.Command) level {
	for _, c := range commands {
		for n, word := range c.Argv() {
			module, _, single := strings.Cut(word, ":")
			if !single || ours(module) {
				l = level{c, n, word}
			}
		}
	}
	return l
}

// ours reports whether a name in LogLevel is mod_auth_openidc's.
func ours(module string) bool {
	return slices.Contains([]string{"auth_openidc", "auth_openidc_module", "mod_auth_openidc.c"}, strings.ToLower(module))
}
