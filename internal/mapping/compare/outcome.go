package compare

import (
	"encoding/json"
	"fmt"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Kind says in what two outcomes of a login differ.
type Kind string

// The kinds, the most dangerous first.
const (
	Admits  Kind = "admits"  // B lets in whom A refuses
	Gains   Kind = "gains"   // B gives groups or projects that A does not give
	User    Kind = "user"    // B makes somebody else of the person
	Loses   Kind = "loses"   // B does not give groups or projects that A gives
	Refuses Kind = "refuses" // B refuses whom A lets in
	Fails   Kind = "fails"   // both end without a result, in another way
)

// Kinds lists the kinds, the most dangerous first.
func Kinds() []Kind { return []Kind{Admits, Gains, User, Loses, Refuses, Fails} }

// judge gives the kind of the difference between two outcomes; "" when there is
// none, and decided is false when either is undecidable.
func judge(a, b engine.Outcome) (kind Kind, decided bool) {
	switch {
	case a.Undecidable != nil || b.Undecidable != nil:
		return "", false
	case a.Error != nil && b.Error != nil:
		if a.Error.Class != b.Error.Class || a.Error.Status != b.Error.Status {
			return Fails, true
		}
		return "", true
	case a.Error != nil:
		return Admits, true
	case b.Error != nil:
		return Refuses, true
	}
	return judgeMapped(a.Mapped, b.Mapped), true
}

func judgeMapped(a, b *engine.Mapped) Kind {
	before, after := grants(a), grants(b)
	switch {
	case !within(after, before):
		return Gains
	case text(person(a.User)) != text(person(b.User)):
		return User
	case !within(before, after):
		return Loses
	}
	return ""
}

// person gives the user's fields without their order.
func person(user engine.Object) map[string]any {
	out := map[string]any{}
	for _, f := range user {
		out[f.Key] = f.Value
	}
	return out
}

// grants gives what a login brings, as Keystone uses it: groups by id and by
// name, projects, and each role in one.
func grants(m *engine.Mapped) map[string]bool {
	out := map[string]bool{}
	for _, id := range m.GroupIDs {
		out["id "+text(id)] = true
	}
	for _, group := range m.GroupNames {
		out["group "+text(group)] = true
	}
	for _, item := range m.Projects {
		project, _ := item.(engine.Object)
		where := text(project.Text("name"))
		if domain, ok := project.Get("domain"); ok {
			where += " in " + text(domain)
		}
		out["project "+where] = true
		for _, role := range roles(project) {
			out[fmt.Sprintf("role %s on %s", role, where)] = true
		}
	}
	return out
}

func roles(project engine.Object) []string {
	value, _ := project.Get("roles")
	list, _ := value.([]any)
	var out []string
	for _, item := range list {
		out = append(out, text(item))
	}
	return out
}

func within(some, all map[string]bool) bool {
	for key := range some {
		if !all[key] {
			return false
		}
	}
	return true
}

// text writes a value so that equal ones are written alike.
func text(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(out)
}
