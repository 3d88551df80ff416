package oslo

import "strconv"

// Name is an option as a service registers it. Section is "DEFAULT" where it gives
// no group.
type Name struct {
	Section string
	Key     string
}

// Options are all that a service registers. The nil Options are unknown.
type Options map[Name]Option

// Option is what has to be known of an option to put it into another value.
type Option struct {
	Kind    Kind
	Default string // as it would stand in a file; empty if there is none
}

// Kind is an option's type.
type Kind int

// The kinds of which the text in another value is known. The zero Kind is any
// other type.
const (
	Other Kind = iota
	String
	Integer
	Boolean
)

// groups are the registered sections, without DEFAULT.
func (o Options) groups() map[string]bool {
	all := map[string]bool{}
	for name := range o {
		all[name.Section] = name.Section != "DEFAULT"
	}
	return all
}

// convert gives a text as Python shows it after its conversion, if it has one.
func (k Kind) convert(text string) Resolution {
	switch k {
	case String:
		return Resolution{Outcome: Decided, Text: text}
	case Integer:
		return convertInteger(text)
	case Boolean:
		if value, ok := AsBool(text); ok {
			return Resolution{Outcome: Decided, Text: map[bool]string{true: "True", false: "False"}[value]}
		}
		return Resolution{Outcome: Broken, Why: "what it stands for is no boolean"}
	default:
		return Resolution{Why: "the type of the option it names is not known"}
	}
}

func convertInteger(text string) Resolution {
	if n, ok := AsInt(text); ok {
		return Resolution{Outcome: Decided, Text: strconv.FormatInt(n, 10)}
	}
	if blank(text) {
		return Resolution{Outcome: Decided}
	}
	return Resolution{Outcome: Broken, Why: "what it stands for is no integer"}
}
