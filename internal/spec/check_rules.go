package spec

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
)

func (l *loader) ruleSet(p *IdentityProvider) {
	for _, r := range p.Rules {
		named := slices.ContainsFunc(p.Rules, func(other Rule) bool { return other.named() && other.within(r) })
		if !named && !l.failedAt(r.At) {
			l.fail("rule-without-user", r.At, "this rule names no user, and there is no rule without when (or with no more than this one's) that does: Keystone would refuse the login",
				`user: {name: "{preferred_username}"}`)
		}
		l.rule(r)
	}
}

// named reports whether the rule gives the user a name or an id.
func (r *Rule) named() bool { return r.User != nil && (r.User.Name.Given() || r.User.ID.Given()) }

// within reports whether the rule asks for nothing that the other does not ask for.
func (r *Rule) within(other Rule) bool {
	for _, c := range r.When {
		if !slices.ContainsFunc(other.When, c.same) {
			return false
		}
	}
	return true
}

func (c Condition) same(other Condition) bool {
	return c.Claim.Value == other.Claim.Value && c.Op == other.Op &&
		slices.EqualFunc(c.Values, other.Values, func(a, b Text) bool { return a.Value == b.Value })
}

func (l *loader) rule(r Rule) {
	for _, c := range r.When {
		l.claim(c.Claim)
		l.condition(c)
	}
	if r.User != nil {
		l.user(r.User)
	}
	l.ruleGroups(r)
	l.localGifts(r)
	l.filters(r)
	l.grants(r.Projects, l.projectTemplate)
}

func (l *loader) claim(t Text) {
	if err := claimError(t.Value); err != nil {
		l.fail("claim-name", t.At, err.Error(), "")
	}
}

func (l *loader) template(t Text, what string) {
	if _, err := Pieces(t.Value); err != nil {
		l.fail("template", t.At, fmt.Sprintf("%s %s: %v", what, show(t.Value), err), `"{preferred_username}"`)
	}
}

// constantUser: a name without a claim makes everybody the same user.
func (l *loader) constantUser(u *User) {
	for _, t := range []Text{u.ID, u.Name} {
		if _, err := Pieces(t.Value); t.Given() && err == nil && len(Claims(t.Value)) == 0 {
			l.warn("constant-user", t.At, fmt.Sprintf("user %s holds no claim: everybody whom this rule fits becomes one user", show(t.Value)), `"{preferred_username}"`)
		}
	}
}

func (l *loader) condition(c Condition) {
	if c.Op != Matches && c.Op != MatchesNone {
		return
	}
	l.patterns(c.Values)
}

func (l *loader) patterns(all []Text) {
	for _, v := range all {
		l.pattern(v)
	}
}

var nestedRepeat = pattern.Lazy(`\([^()]*[+*][^()]*\)[+*{]`)

// pattern: Python's re knows more than Go's, so that only what both refuse is an
// error here.
func (l *loader) pattern(t Text) {
	_, err := syntax.Parse(t.Value, syntax.Perl)
	var bad *syntax.Error
	if errors.As(err, &bad) && slices.Contains([]syntax.ErrorCode{syntax.ErrMissingBracket, syntax.ErrMissingParen,
		syntax.ErrUnexpectedParen, syntax.ErrTrailingBackslash, syntax.ErrMissingRepeatArgument}, bad.Code) && !strings.Contains(t.Value, "(?") {
		l.fail("bad-pattern", t.At, fmt.Sprintf("%s is not a regular expression: %s", show(t.Value), bad.Code), "")
		return
	}
	if nestedRepeat().MatchString(t.Value) {
		l.warn("slow-pattern", t.At, fmt.Sprintf("%s repeats a repetition: a long value of the claim can stop Keystone (Python's re backtracks)", show(t.Value)), "")
	}
}

func (l *loader) grants(all []Grant, project func(Text)) {
	for _, g := range all {
		project(g.Project)
		for _, role := range g.Roles {
			l.plainName(role, "role", 255)
		}
	}
}

// projectTemplate: Keystone makes the project at login, so that its name may be
// made of claims.
func (l *loader) projectTemplate(t Text) {
	if strings.ContainsAny(t.Value, "{}") {
		l.template(t, "project")
		return
	}
	l.name(t, "project", 64)
}

func (l *loader) projectName(t Text) { l.plainName(t, "project", 64) }

func (l *loader) groupSet(groups []Group) {
	var names []Text
	for _, g := range groups {
		names = append(names, g.Name)
		l.plainName(g.Name, "group", 64)
		l.grants(g.Grants, l.projectName)
	}
	l.collide("group-collision", "group", names)
}
