package symptom

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Rules is what rules make of the token's claims, by Keystone's own algorithm. The
// zero Rules were not evaluated.
type Rules struct {
	Fact     Fact     // what became of it; "": not evaluated, or cannot be decided
	Whose    string   // the description, a file, or Keystone's mapping of some id
	Why      string   // why there is no login, for a person
	Where    string   // path:line:column of the rule or condition
	User     string   // the name that they give
	Groups   []string // the names of groups that they give
	GroupIDs []string // and ids
	Roles    []string // the roles on projects that they give
}

// What rules make of claims.
const (
	UserMade            Fact = "the rules take these claims"
	NoRuleFits          Fact = "no rule fits these claims"
	RulesGiveNothing    Fact = "a rule fits these claims, and gives nothing"
	NoUserName          Fact = "the rules give the user neither name nor id"
	GroupsWithoutDomain Fact = "the rules give groups without a domain"
	GroupCalledName     Fact = "a group's name holds the letters name"
	BadProjects         Fact = "projects_json holds no projects"
	IndexOutOfRange     Fact = "a placeholder of the rules stands for no claim"
	RulesCrash          Fact = "the rules end in a Python exception that Keystone does not know"
	RulesTypeError      Fact = "the rules end in a TypeError"
	LocalUserWanted     Fact = "the rules give a local user"
	GroupIDsGiven       Fact = "the rules give groups by id"
)

func (s *Ruleset) outcome(p *engine.Processor, out engine.Explanation, f engine.Facts) Rules {
	r := Rules{Whose: s.whose}
	switch {
	case out.Mapped != nil:
		r.given(p.Next(out.Mapped, f))
	case out.Error != nil && out.Error.Rule == 0 && !slices.ContainsFunc(out.Rules, func(t engine.RuleTrace) bool { return t.Holds }):
		r.Fact = NoRuleFits
		r.Why, r.Where = s.nearest(out.Rules)
	case out.Error != nil:
		r.Fact, r.Why, r.Where = factOf(out.Error.Class, out.Error.Message), out.Error.Message, s.at(out.Error)
	}
	return r
}

// given reads what Keystone does with what the rules gave.
func (r *Rules) given(next engine.Next) {
	r.Fact, r.User = UserMade, next.User.Name
	if next.User.Type == "local" {
		r.Fact = LocalUserWanted
	}
	if next.Error != nil {
		r.Fact, r.Why = factOf(next.Error.Class, next.Error.Message), next.Error.Message
	}
	for _, g := range next.Groups {
		if g.ID != "" {
			r.GroupIDs = append(r.GroupIDs, g.ID)
		} else {
			r.Groups = append(r.Groups, g.Name)
		}
	}
	for _, p := range next.Projects {
		r.Roles = append(r.Roles, p.Roles...)
	}
}

// factOf sorts an exception by what Keystone makes of it.
func factOf(class, message string) Fact {
	switch {
	case class == "DirectMappingError":
		return IndexOutOfRange
	case class == "TypeError":
		return RulesTypeError
	case class == "Unauthorized":
		return NoUserName
	case strings.Contains(message, "projects_json"):
		return BadProjects
	case strings.Contains(message, `the letters "name"`):
		return GroupCalledName
	case strings.Contains(message, "groups without a domain"):
		return GroupsWithoutDomain
	case strings.Contains(message, "no rule holds"):
		return RulesGiveNothing
	case engine.Status(class) == 500:
		return RulesCrash
	}
	return ""
}
