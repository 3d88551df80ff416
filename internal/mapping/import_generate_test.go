package mapping_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

// importGenerator makes mappings as people write them, and some that named rules
// cannot say.
type importGenerator struct{ *rand.Rand }

func (g importGenerator) pick(from ...string) string { return from[g.IntN(len(from))] }

// rarely is true in one of so many cases.
func (g importGenerator) rarely(of int) bool { return g.IntN(of) == 0 }

func (g importGenerator) claim() string {
	return g.pick("sub", "groups", "email", "iss", "mfa", "groups")
}

func (g importGenerator) value() string {
	return g.pick("a", "b", "admins", "users", "x@example.org", "ü", "", "my name", "['a']", "1")
}

// claims has most claims, some of them with several values.
func (g importGenerator) claims() map[string]string {
	claims := map[string]string{}
	for _, claim := range []string{"sub", "groups", "email", "iss", "mfa", "remote_user", "mellon_groups"} {
		if g.rarely(8) {
			continue
		}
		values := []string{g.value()}
		for g.rarely(2) && strings.HasSuffix(claim, "groups") {
			values = append(values, g.value())
		}
		claims[claim] = strings.Join(values, ";")
	}
	return claims
}

type object = map[string]any

func (g importGenerator) mapping(t *testing.T) []byte {
	t.Helper()
	rules := []any{g.rule(true)}
	for g.rarely(2) {
		rules = append(rules, g.rule(false))
	}
	src, err := json.Marshal(object{"rules": rules})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func (g importGenerator) rule(first bool) object {
	remote, direct := []any{}, 0
	for len(remote) == 0 || g.rarely(2) {
		item, counted := g.requirement()
		if counted {
			direct++
		}
		remote = append(remote, item)
	}
	return object{"local": g.local(first, direct), "remote": remote}
}

func (g importGenerator) requirement() (item object, counted bool) {
	prefix := "OIDC-"
	claim := g.claim()
	if g.rarely(4) {
		prefix, claim = "HTTP_OIDC_", strings.ToUpper(claim)
	}
	item = object{"type": prefix + claim}
	if g.rarely(8) {
		item["type"] = g.pick("REMOTE_USER", "REMOTE_USER", "REMOTE_USER", "MELLON_groups", "MELLON_groups", "MELLON_groups", "MELLON_groups", "MELLON_groups", "HTTP_X", "QUERY_STRING", "OIDC-env(A)")
	}
	kind := g.pick("", "", "any_one_of", "not_any_of", "whitelist", "blacklist")
	if kind == "" {
		return item, true
	}
	item[kind] = g.list()
	if g.rarely(5) {
		item["regex"] = true
	}
	return item, kind == "whitelist" || kind == "blacklist"
}

func (g importGenerator) list() []any {
	out := []any{}
	for len(out) == 0 || g.rarely(2) {
		out = append(out, g.pick("a", "b", "admins", "users", "^a", "s$", "@example", "1"))
	}
	switch g.IntN(60) {
	case 0:
		return []any{}
	case 1:
		out = append(out, 1)
	case 2:
		out = append(out, "")
	}
	return out
}

func (g importGenerator) local(named bool, direct int) []any {
	items := []any{}
	if named || g.rarely(3) {
		items = append(items, object{"user": g.user(direct)})
	}
	for g.rarely(2) {
		items = append(items, g.gift(direct))
	}
	if len(items) == 2 && g.rarely(2) { // people write one item, too
		merged := object{}
		for _, item := range items {
			for key, value := range item.(object) {
				merged[key] = value
			}
		}
		return []any{merged}
	}
	return items
}

func (g importGenerator) user(direct int) object {
	user := object{"name": g.template(direct)}
	if g.rarely(3) {
		user["email"] = g.template(direct)
	}
	if g.rarely(4) {
		user["id"] = g.template(direct)
	}
	if g.rarely(6) {
		user["type"] = g.pick("ephemeral", "local")
	}
	if user["type"] == "local" || g.rarely(6) {
		user["domain"] = g.domain()
	}
	if g.rarely(30) {
		user["domain"] = object{g.pick("id", "name"): g.template(direct)}
	}
	if g.rarely(15) {
		delete(user, "name")
	}
	return user
}

func (g importGenerator) template(direct int) string {
	if direct == 0 || g.rarely(20) {
		return g.pick("guest", "guest", "", "{0}", "{0[0]}", "{{0}}", "é")
	}
	return g.pick("", "", "u-", "") + fmt.Sprintf("{%d}", g.IntN(direct)) + g.pick("", "", "@example.org", "")
}

func (g importGenerator) domain() object {
	switch g.IntN(16) {
	case 0, 1:
		return object{"id": g.pick("default", "corp")}
	case 2, 3:
		return object{"name": "other"}
	case 4:
		return object{"name": "corp", "id": "x"}
	}
	return object{"name": "corp"}
}

func (g importGenerator) gift(direct int) object {
	switch g.IntN(12) {
	case 9:
		return object{"group": object{"id": g.pick("x", "y", "ops")}}
	case 10:
		return object{"group_ids": fmt.Sprintf("{%d}", g.IntN(max(direct, 1)))}
	case 0, 1, 2:
		return object{"group": object{"name": g.pick("ops", "users", "staff", "dev", "all"), "domain": g.domain()}}
	case 3, 4, 5:
		return object{"groups": fmt.Sprintf("{%d}", g.IntN(max(direct, 1))), "domain": g.domain()}
	case 6, 7:
		return object{"projects": []any{object{"name": g.template(direct), "roles": []any{object{"name": g.pick("member", "reader")}}}}}
	}
	return g.oddGift(direct)
}

func (g importGenerator) oddGift(direct int) object {
	switch g.IntN(8) {
	case 0:
		return object{"group": object{"id": g.template(direct)}}
	case 1:
		return object{"group_ids": g.pick("x", "{0}-{1}", "{0}{0}")}
	case 2:
		return object{"projects": []any{}}
	case 3:
		return object{"user": object{}}
	case 4:
		return object{"domain": g.domain()}
	case 5:
		return object{"domain": object{"name": g.template(direct)}}
	case 6:
		return object{"user": g.user(direct)}
	}
	return object{}
}

// named makes rules as federation.yaml has them.
func (g importGenerator) named() []spec.Rule {
	rules := []spec.Rule{g.namedRule(0)}
	for i := 1; g.rarely(2); i++ {
		rules = append(rules, g.namedRule(i))
	}
	return rules
}

func (g importGenerator) namedRule(i int) spec.Rule {
	var r spec.Rule
	for _, claim := range []string{"groups", "mfa", "iss", "env(MELLON_groups)"} {
		for _, op := range []spec.Operator{spec.AnyOf, spec.NoneOf, spec.Matches, spec.MatchesNone} {
			if g.rarely(8) {
				r.When = append(r.When, when(claim, op, "a", "b-"+fmt.Sprint(i)))
			}
		}
	}
	r.User = user(g.pick("{sub}", "{email}", "u-{sub}", "{sub}@{iss}", "{env(REMOTE_USER)}", "guest"))
	if g.rarely(3) {
		r.User.Email = text("{email}")
	}
	if g.rarely(4) {
		r.User.Domain = g.namedDomain()
	}
	if r.User.Domain.Given() && g.rarely(2) {
		r.User.Type = text("local")
	}
	g.namedGroups(&r)
	if g.rarely(3) {
		r.Projects = []spec.Grant{{Project: text(g.pick("p", "of {sub}")), Roles: list("member", "reader")}}
	}
	return r
}

func (g importGenerator) namedDomain() spec.Domain {
	switch g.IntN(4) {
	case 0:
		return spec.Domain{ID: text("corp")}
	case 1:
		return spec.Domain{Name: text("other")}
	}
	return spec.Domain{}
}

func (g importGenerator) namedGroups(r *spec.Rule) {
	values, matches := list("ops", "users"), g.rarely(2)
	if matches {
		values = list("^ops-", "s$")
	}
	if g.rarely(3) {
		claim := g.pick("groups", "env(MELLON_groups)")
		r.GroupsBy, r.GroupsIn = text("{"+claim+"}"), g.namedDomain()
		r.Filters = append(r.Filters, spec.Filter{Claim: text(claim), Values: values, Except: g.rarely(2), Matches: matches})
	}
	if g.rarely(4) {
		r.GroupIDs = text("{gids}")
		r.Filters = append(r.Filters, spec.Filter{Claim: text("gids"), Values: values, Except: g.rarely(2), Matches: matches})
	}
	for _, name := range []string{"staff", "ops"} {
		if g.rarely(3) {
			r.Groups = append(r.Groups, spec.RuleGroup{Name: text(name), Domain: g.namedDomain()})
		}
	}
	if g.rarely(4) {
		r.Groups = append(r.Groups, spec.RuleGroup{ID: text("0cd5e9")})
	}
}
