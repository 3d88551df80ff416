package fleet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// voice is what one machine has for something. Mark is compared and never shown; At
// is where it says so, At of the virtual host where it says nothing.
type voice struct {
	machine string
	mark    string
	at      finding.Range
	about   any
}

// vote is what machines have, parted: those that have what most have, and the
// others. Of two halves, the first machine's counts as most.
type vote struct{ most, others []voice }

// count counts voices; ok is false where all say the same.
func count(voices []voice) (v vote, ok bool) {
	times := map[string]int{}
	for _, one := range voices {
		times[one.mark]++
	}
	best := ""
	for i, one := range voices {
		if i == 0 || times[one.mark] > times[best] {
			best = one.mark
		}
	}
	for _, one := range voices {
		if one.mark == best {
			v.most = append(v.most, one)
		} else {
			v.others = append(v.others, one)
		}
	}
	return v, len(v.others) > 0
}

// names lists machines: "a", "a and b", "a, b and c".
func names(voices []voice) string {
	var all []string
	for _, v := range voices {
		all = append(all, v.machine)
	}
	return list(all)
}

func list(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// has is the verb that fits a number of machines.
func has(voices []voice) string {
	if len(voices) == 1 {
		return "has"
	}
	return "have"
}

// finding is one about a vote: at the first of the machines that differ, with the
// places of the others and of the first of those that most are like. What is not on
// a machine has no place of its own there.
func (v vote) finding(message, hint string) finding.Finding {
	f := finding.Finding{Message: message, Hint: hint, At: v.others[0].at}
	f = also(f, v.others)
	f.Related = append(f.Related, finding.Related{Message: fmt.Sprintf("as it is on %s", names(v.most)), At: v.most[0].at})
	return f
}

// also adds the places of all machines but the first.
func also(f finding.Finding, voices []voice) finding.Finding {
	for _, one := range voices[1:] {
		f.Related = append(f.Related, finding.Related{Message: "also on " + one.machine, At: one.at})
	}
	return f
}

// about is what a finding about a vote is about.
func (v vote) about() []any {
	var out []any
	for _, one := range append(append([]voice{}, v.others...), v.most...) {
		if one.about != nil {
			out = append(out, one.about)
		}
	}
	return out
}

// commanded gives the voices about a directive of one virtual host: its arguments
// where it counts, nothing where it is not set; none where it is written alike
// everywhere.
func commanded(s same, key string, mark marker) []voice {
	if s.writtenAlike(key) {
		return nil
	}
	var out []voice
	for i, v := range s.hosts {
		one := voice{machine: s.machines[i].Name, at: v.At(), about: v}
		if all := v.Commands(key); len(all) > 0 {
			one.at = all[len(all)-1].At()
			one.mark = mark.of(arguments(all)...)
		}
		out = append(out, one)
	}
	return out
}

// writtenAlike reports whether a directive is the same text on all machines.
func (s same) writtenAlike(key string) bool {
	for _, v := range s.hosts[1:] {
		if !slices.EqualFunc(v.Commands(key), s.hosts[0].Commands(key), func(a, b *httpdconf.Command) bool { return a.RawArgs() == b.RawArgs() }) {
			return false
		}
	}
	return true
}

// arguments gives all arguments of commands, each command behind its number.
func arguments(all []*httpdconf.Command) []string {
	var out []string
	for i, c := range all {
		out = append(out, fmt.Sprint(i))
		out = append(out, c.Argv()...)
	}
	return out
}
