package oracle

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Workload is a mapping and its logins, as large as one likes, for benchmarks: every rule reads a person, wants the
// team that it is for and hands on those groups that are on a list.
type Workload struct {
	Rules      int
	Teams      int // of which a person is in one; the rules are for one team after the other
	Conditions int // of every rule, on its own group
	Values     int // groups of a person
	Regex      bool
}

// Mapping is the mapping as JSON.
func (w Workload) Mapping() (json.RawMessage, error) {
	type object = map[string]any
	rules := make([]any, w.Rules)
	for i := range rules {
		remote := []any{object{"type": "OIDC-sub"}, object{"type": "OIDC-email"}}
		for range w.Conditions {
			remote = append(remote, w.condition(i))
		}
		remote = append(remote, object{"type": "OIDC-groups", "whitelist": []string{group(i % w.Teams), "readers", fmt.Sprintf("unit-%d", i)}})
		local := []any{
			object{"user": object{"name": "{0}", "email": "{1}", "domain": object{"name": "Default"}}},
			object{"groups": "{2}", "domain": object{"name": "Default"}},
		}
		rules[i] = object{"local": local, "remote": remote}
	}
	return json.Marshal(object{"rules": rules})
}

func (w Workload) condition(rule int) any {
	condition := map[string]any{"type": "OIDC-groups", "any_one_of": []string{group(rule % w.Teams), fmt.Sprintf("unit-%d-admins", rule)}}
	if w.Regex {
		condition["any_one_of"], condition["regex"] = []string{fmt.Sprintf("^%s(-admins)?$", group(rule%w.Teams))}, true
	}
	return condition
}

func group(i int) string { return fmt.Sprintf("team-%d", i) }

// Assertion is what the n-th person brings.
func (w Workload) Assertion(n int) map[string]any {
	groups := []string{group(n % w.Teams)}
	for i := 1; i < w.Values; i++ {
		groups = append(groups, fmt.Sprintf("list-%d-%d", n%7, i))
	}
	return map[string]any{
		"OIDC-sub": fmt.Sprintf("person-%d", n), "OIDC-iss": "https://idp.example.org", "OIDC-email": fmt.Sprintf("person-%d@example.org", n),
		"OIDC-groups": strings.Join(groups, ";"),
	}
}
