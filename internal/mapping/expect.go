package mapping

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/spec"
)

// Expect evaluates a test's claims and gives one line for each way in which the
// outcome differs from what the test wants; none means that it holds. Keys that
// `want` leaves out are not judged: user, id, email, groups (names, in any
// order), projects (project/role, in any order), refused. The error is an
// Undecidable.
func (m Mapping) Expect(t spec.Test) ([]string, error) {
	var claims map[string]any
	if err := json.Unmarshal(t.Claims, &claims); err != nil {
		return nil, err
	}
	got, err := m.login(FromClaims(claims))
	var refused Refused
	wantRefused := t.Want["refused"] == true
	switch {
	case errors.As(err, &refused) && wantRefused:
		return nil, nil
	case errors.As(err, &refused):
		return []string{err.Error()}, nil
	case err != nil:
		return nil, err
	case wantRefused:
		return []string{fmt.Sprintf("want: refused; got: user %q", got.User.Name)}, nil
	}
	return got.differences(t.Want), nil
}

// login evaluates a login behind what fedstone renders, where REMOTE_USER is the
// claim sub.
func (m Mapping) login(a Assertion) (Mapped, error) {
	got, err := m.Evaluate(a)
	if err != nil {
		return Mapped{}, err
	}
	return got.Named(strings.Join(a[Prefix+"sub"], ";"))
}

func (m Mapped) differences(want map[string]any) []string {
	got := map[string]any{
		"user": m.User.Name, "id": m.User.ID, "email": m.User.Email,
		"groups": m.groupNames(), "projects": m.grants(),
	}
	var out []string
	for _, key := range []string{"user", "id", "email", "groups", "projects"} {
		if wanted, asked := want[key]; asked && fmt.Sprint(sorted(wanted)) != fmt.Sprint(sorted(got[key])) {
			out = append(out, fmt.Sprintf("%s: want %v, got %v", key, sorted(wanted), sorted(got[key])))
		}
	}
	return out
}

func (m Mapped) groupNames() []any {
	names := []any{}
	for _, g := range m.Groups {
		names = append(names, cmp.Or(g.Name, g.ID))
	}
	return names
}

func (m Mapped) grants() []any {
	names := []any{}
	for _, p := range m.Projects {
		for _, r := range p.Roles {
			names = append(names, p.Name+"/"+r.Name)
		}
	}
	return names
}

// sorted gives a list in an order of its own; anything else stays as it is.
func sorted(value any) any {
	list, ok := value.([]any)
	if !ok {
		return value
	}
	return slices.SortedFunc(slices.Values(list), func(a, b any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
}
