package symptom

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
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

// Ruleset is a mapping and where each of its rules is written.
type Ruleset struct {
	doc    *engine.Document
	whose  string
	places []finding.Range // of the description's rules
	whens  [][]finding.Range
}

// DescribedRules gives a provider's rules: those of the description, compiled, or the
// text of the file that `mapping:` names. nil when there are none that can be read.
func DescribedRules(fed *spec.Federation, idp *spec.IdentityProvider, file []byte) *Ruleset {
	if idp.Mapping.Given() {
		return readRules(idp.Mapping.Value, idp.Mapping.Value, file)
	}
	m, list := mapping.Compile(*idp, fed.KeystoneRelease())
	src, err := m.Bytes()
	if err != nil || list.HasErrors() {
		return nil
	}
	set := readRules("the description", fed.Path, src)
	for _, r := range idp.Rules {
		var whens []finding.Range
		for _, w := range r.When {
			whens = append(whens, w.At)
		}
		set.places, set.whens = append(set.places, r.At), append(set.whens, whens)
	}
	return set
}

// StoredRules reads a mapping as Keystone keeps it.
func StoredRules(id string, src []byte) *Ruleset {
	return readRules("Keystone's mapping "+id, "mapping:"+id, src)
}

func readRules(whose, path string, src []byte) *Ruleset {
	doc, list := engine.Read(path, src)
	if doc == nil || list.HasErrors() {
		return nil
	}
	return &Ruleset{doc: doc, whose: whose}
}

// Judge evaluates the rules for a bearer token, as the module of the platform hands
// its claims on in the way that render sets it up. The token's signature is not
// asked for.
func (s *Ruleset) Judge(fed *spec.Federation, idp *spec.IdentityProvider, token string) Rules {
	target, _ := platform.ByName(fed.Platform.Value) // none: the newest of everything
	given, list := claims.Read("the token", []byte(token))
	module, err := mapping.RenderedModule(target.Module, claims.Bearer)
	if s == nil || given == nil || list.HasErrors() || err != nil {
		return Rules{}
	}
	options := engine.On(target)
	options.Release = fed.KeystoneRelease()
	p, err := engine.New(s.doc, options)
	if err != nil {
		return Rules{}
	}
	environ := module.Environ(given)
	out := p.Explain(claims.Assertion(environ, p.Release(), ""))
	facts := engine.Facts{DomainName: idp.Domain.Value, IdP: idp.ID.Value, Protocol: idp.Protocol.Value}
	facts.RemoteUser, _ = environ.Get("REMOTE_USER")
	facts.RemoteUserKnown = true
	return s.outcome(p, out, facts)
}

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

// at says where an exception arose.
func (s *Ruleset) at(e *engine.Error) string {
	if e.Rule > 0 && e.Rule <= len(s.places) {
		return s.places[e.Rule-1].String()
	}
	if e.At.Start.Known() {
		return e.At.String()
	}
	return s.doc.Path
}

// nearest tells of the rule that the claims came nearest to, and what stopped them.
func (s *Ruleset) nearest(rules []engine.RuleTrace) (why, where string) {
	best, at := -1, -1
	for i, r := range rules {
		stop := slices.IndexFunc(r.Remote, func(q engine.RequirementTrace) bool { return !q.Holds })
		if stop > at {
			best, at = i, stop
		}
	}
	if best < 0 {
		return "there is no rule", s.doc.Path
	}
	return fmt.Sprintf("rule %d stops at %s", best+1, stopped(rules[best].Remote[at])), s.condition(best, at, rules[best].Remote[at])
}

// condition gives the place of a rule's requirement. Compiled rules have their
// conditions first, as they are written.
func (s *Ruleset) condition(rule, number int, q engine.RequirementTrace) string {
	switch {
	case rule < len(s.whens) && number < len(s.whens[rule]):
		return s.whens[rule][number].String()
	case rule < len(s.places):
		return s.places[rule].String()
	}
	at := finding.Pos(q.At)
	return finding.Range{Path: s.doc.Path, Start: at, End: at}.String()
}

// stopped says what was wanted and what came.
func stopped(q engine.RequirementTrace) string {
	came := "came: " + strings.Join(q.Values, ", ")
	if !q.Present {
		came = "which the token does not give"
		if q.Nearest != "" {
			came += " (it gives " + q.Nearest + ")"
		}
	}
	if len(q.Wanted) == 0 {
		return q.Type + ", " + came
	}
	return fmt.Sprintf("%s, %s %v; %s", q.Type, map[bool]string{true: "none of", false: "one of"}[q.Kind == engine.NotAnyOf], q.Wanted, came)
}
