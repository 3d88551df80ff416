package report

import "strings"

// Words tell the picture to who cannot see it.
func (f flow) Words() string {
	switch {
	case f.Broken == "issuer":
		return "The issuer gave the client no answer. The cloud was not asked with a token."
	case f.Broken == "chain":
		return "The client had no answer from the cloud."
	case f.Issuer.State == hopFailed:
		return "The issuer is where it failed (" + f.Mark + "). No token came as far as the cloud."
	}
	var passed, after []string
	failed := ""
	for _, h := range f.Hops[1:] {
		switch h.State {
		case hopPassed:
			passed = append(passed, h.Name)
		case hopFailed:
			failed = h.Name
		default:
			after = append(after, h.Name)
		}
	}
	return sentence("Passed: ", passed) + sentence("Refused by ", refuser(failed, f.Mark)) + sentence("Not reached: ", after)
}

func refuser(name, mark string) []string {
	if name == "" {
		return nil
	}
	return []string{name + " (" + mark + ")"}
}

func sentence(begin string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return begin + strings.Join(names, ", ") + ". "
}

// flowLink is a line of the picture between two places.
type flowLink struct {
	X1, X2 int
	State  string
	Cut    int // where the mark of an answer that did not come stands; 0: none
}

// Links gives the lines of the chain, each in the state of where it leads.
func (f flow) Links() []flowLink {
	var out []flowLink
	for i, to := range f.Hops[1:] {
		l := flowLink{X1: f.Hops[i].X, X2: to.X, State: hopPassed}
		if to.State == hopUnreached {
			l.State = hopUnreached
		}
		if i == 0 && f.Broken == "chain" {
			l.State, l.Cut = hopFailed, (l.X1+l.X2)/2
		}
		out = append(out, l)
	}
	return out
}
