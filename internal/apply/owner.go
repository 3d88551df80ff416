package apply

import "github.com/fedstone/fedstone/internal/pattern"

// mark tells who made an object. It is the end of the object's description: the
// one place that domains, projects, groups and identity providers all have. What
// has no description belongs to an identity provider: its protocols, and the
// mapping of its id.
type mark struct {
	made  bool   // by fedstone
	owner string // keystone.owner of the description it was made for; "" = none was given
}

const madeBy = "made by fedstone"

var markText = pattern.Lazy(`(?:^|^.* \()` + madeBy + `(?: for ([A-Za-z0-9._-]{1,64}))?\)?$`)

// markOf reads the mark in a description; the zero mark where there is none.
func markOf(description string) mark {
	found := markText().FindStringSubmatch(description)
	if found == nil {
		return mark{}
	}
	return mark{true, found[1]}
}

// sign gives a description with the mark: "Login of corp (made by fedstone for production)".
func sign(text, owner string) string {
	m := madeBy
	if owner != "" {
		m += " for " + owner
	}
	if text == "" {
		return m
	}
	return text + " (" + m + ")"
}

// ours is what this description made, or may claim: a mark without a name is of
// a time when the description had none.
func (p *planner) ours(description string) bool { return Ours(description, p.owner) }

// own is what bears this description's name. Only that is ever deleted.
func (p *planner) own(description string) bool { return Own(description, p.owner) }

// maker says who made an object, for a sentence.
func maker(description string) string {
	switch m := markOf(description); {
	case !m.made:
		return "was not made by fedstone"
	case m.owner == "":
		return "was made by fedstone for a description without keystone.owner"
	default:
		return "was made by fedstone for the owner " + m.owner
	}
}
