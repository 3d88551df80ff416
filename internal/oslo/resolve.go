package oslo

import (
	"maps"
	"slices"
	"strings"
)

// Resolution is a value with its references replaced. The zero Resolution is
// undecided without a reason.
type Resolution struct {
	Outcome Outcome
	Text    string // what the service has, if decided
	// Reference is the name, as in References, at which the rest was given up. It
	// may be a piece of a secret; Why is not.
	Reference string
	Why       string

	missing bool // oslo.config raises NoSuchOptError, and looks into DEFAULT
}

// Outcome is what became of references.
type Outcome int

// The outcomes. Broken means that the service gets an exception instead of the
// option, when it first asks for it.
const (
	Undecided Outcome = iota
	Decided
	Broken
)

const (
	maxText  = 1 << 20 // bytes
	maxDepth = 32      // references within references; Python gives up later
)

// Resolve replaces the references of a value (ConfigOpts._substitute and
// StrSubWrapper of oslo_config/cfg.py). A name is looked up in the value's own
// section and then in DEFAULT. Only options that the service registers are found,
// so that without them a value with references is undecided.
func (c *Config) Resolve(v Value, options Options) Resolution {
	r := resolver{config: c, options: options, groups: options.groups(), done: map[Name]Resolution{}, open: map[Name]bool{}}
	return r.text(r.registered(v.Section), v.Text)
}

type resolver struct {
	config  *Config
	options Options
	groups  map[string]bool
	done    map[Name]Resolution
	open    map[Name]bool
}

// registered gives the registered name of a section as written in a file: the
// first in the alphabet if there are more.
func (r *resolver) registered(section string) string {
	for _, group := range slices.Sorted(maps.Keys(r.groups)) {
		if Same(group, section) && !r.groups[section] {
			return group
		}
	}
	return section
}

// text replaces the references of a text that belongs to a section.
func (r *resolver) text(section, text string) Resolution {
	var b strings.Builder
	for _, p := range pieces(text) {
		b.WriteString(p.text)
		if p.name == "" {
			continue
		}
		found := r.reference(section, p.name)
		if found.Outcome != Decided {
			found.Reference = p.name
			return found
		}
		if b.WriteString(found.Text); b.Len() > maxText {
			return Resolution{Reference: p.name, Why: "the value becomes too long"}
		}
	}
	return Resolution{Outcome: Decided, Text: b.String()}
}

// reference is StrSubWrapper.__getitem__.
func (r *resolver) reference(section, name string) Resolution {
	if r.options == nil {
		return Resolution{Why: "which options the service registers is not known"}
	}
	key := name
	if group, option, dotted := strings.Cut(name, "."); dotted {
		if section, key = group, option; !r.groups[section] {
			return Resolution{Outcome: Broken, Why: "it names a section that the service does not register"}
		}
	}
	found := r.option(Name{section, key})
	if found.missing {
		found = r.option(Name{"DEFAULT", name})
	}
	return found
}

// option is ConfigOpts._get.
func (r *resolver) option(name Name) Resolution {
	if known, ok := r.done[name]; ok {
		return known
	}
	option, registered := r.options[name]
	switch {
	case name.Section == "DEFAULT" && r.groups[name.Key]:
		return Resolution{Outcome: Broken, Why: "it names a section, not an option"}
	case !registered:
		return Resolution{Outcome: Broken, Why: "it names an option that the service does not register", missing: true}
	case r.open[name]:
		return Resolution{Outcome: Broken, Why: "it refers to itself"}
	case len(r.open) >= maxDepth:
		return Resolution{Why: "its references are nested too deep"}
	}
	r.open[name] = true
	defer delete(r.open, name)
	r.done[name] = r.value(name, option)
	return r.done[name]
}

func (r *resolver) value(name Name, option Option) Resolution {
	text := option.Default
	v, assigned := r.config.Get(name.Section, name.Key)
	if assigned {
		text = v.Text
	}
	if !assigned && text == "" && option.Kind != Other {
		return Resolution{Outcome: Decided}
	}
	resolved := r.text(name.Section, text)
	if resolved.Outcome != Decided {
		return resolved
	}
	return option.Kind.convert(resolved.Text)
}
