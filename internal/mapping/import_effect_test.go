package mapping_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestImportIsEqualInEffect imports generated mappings, compiles the named rules
// again, and evaluates both for generated claims.
func TestImportIsEqualInEffect(t *testing.T) {
	imported, logins, mapped := 0, 0, 0
	forms := map[string]int{}
	for number := range 2000 {
		g := importGenerator{rand.New(rand.NewPCG(7, uint64(number)))}
		src := g.mapping(t)
		doc := read(t, src)
		if engine.Check(doc, engine.Options{}).HasErrors() {
			t.Fatalf("mapping %d is not one: %s", number, src)
		}
		got, list := mapping.Import(doc)
		if list.HasErrors() {
			continue
		}
		imported++
		for _, rule := range got.Rules {
			countForms(forms, rule)
		}
		before, after := processor(t, doc), processor(t, read(t, compiled(t, got)))
		for range 12 {
			claims := g.claims()
			want := effect(got.Domain, before.Process(asTypes(claims, before.Types())))
			logins++
			if strings.HasPrefix(want, "{") {
				mapped++
			}
			if diff := cmp.Diff(want, effect(got.Domain, after.Process(asTypes(claims, after.Types())))); diff != "" {
				t.Fatalf("mapping %d: %s\nnamed:\n%s\nclaims: %v\n(-mapping +named rules):\n%s", number, src, got.YAML(), claims, diff)
			}
		}
	}
	t.Logf("%d mappings imported, %d logins alike, %d of them mapped", imported, logins, mapped)
	if imported < 400 || mapped < 1000 {
		t.Errorf("too few to tell: %d imported, %d mapped", imported, mapped)
	}
	for _, form := range []string{"group by id", "group of another domain", "groups of another domain", "group ids", "expressions", "local user", "user's domain", "variable"} {
		if t.Logf("%d rules with: %s", forms[form], form); forms[form] < 5 {
			t.Errorf("%s: only %d rules: too few to tell", form, forms[form])
		}
	}
}

// countForms counts what a rule says in other ways than by claims and names in the
// provider's domain.
func countForms(forms map[string]int, rule spec.Rule) {
	for form, has := range map[string]bool{
		"group by id":              slices.ContainsFunc(rule.Groups, func(g spec.RuleGroup) bool { return g.ID.Given() }),
		"group of another domain":  slices.ContainsFunc(rule.Groups, func(g spec.RuleGroup) bool { return g.Domain.Given() }),
		"groups of another domain": rule.GroupsIn.Given(),
		"group ids":                rule.GroupIDs.Given(),
		"expressions":              slices.ContainsFunc(rule.Filters, func(f spec.Filter) bool { return f.Matches }),
		"local user":               rule.User != nil && rule.User.Local(),
		"user's domain":            rule.User != nil && rule.User.Domain.Given() && !rule.User.Local(),
		"variable":                 slices.ContainsFunc(rule.Claims(), func(claim string) bool { return strings.HasPrefix(claim, "env(") }),
	} {
		if has {
			forms[form]++
		}
	}
}

// TestPartialImportGivesNoMore: what is left out lets nobody in, and nobody into a
// group.
func TestPartialImportGivesNoMore(t *testing.T) {
	refused, grouped := 0, 0
	for number := range 2000 {
		g := importGenerator{rand.New(rand.NewPCG(8, uint64(number)))}
		doc := read(t, g.mapping(t))
		got, list := mapping.Import(doc)
		if !list.HasErrors() || len(got.Rules) == 0 {
			continue
		}
		before, after := processor(t, doc), processor(t, read(t, compiled(t, got)))
		for range 6 {
			claims := g.claims()
			out, now := before.Process(asTypes(claims, before.Types())), after.Process(asTypes(claims, after.Types()))
			switch {
			case out.Error != nil && strings.Contains(out.Error.Message, "no rule holds"):
				refused++
				if now.Mapped != nil {
					t.Fatalf("mapping %d refuses %v, its named rules do not:\n%s", number, claims, got.YAML())
				}
			case out.Mapped != nil && now.Mapped != nil && len(groups(now)) > 0:
				grouped++
				if more := without(groups(now), groups(out)); len(more) > 0 {
					t.Fatalf("mapping %d: %v gets the groups %v by the named rules alone:\n%s", number, claims, more, got.YAML())
				}
			}
		}
	}
	if refused < 500 || grouped < 200 {
		t.Errorf("%d logins were refused, %d got groups: too few to tell", refused, grouped)
	}
}

func without(some, others []string) []string {
	return slices.DeleteFunc(some, func(s string) bool { return slices.Contains(others, s) })
}

func read(t *testing.T, src []byte) *engine.Document {
	t.Helper()
	doc, list := engine.Read("m.json", src)
	if list.HasErrors() {
		t.Fatalf("%v: %s", list, src)
	}
	return doc
}

func processor(t *testing.T, doc *engine.Document) *engine.Processor {
	t.Helper()
	p, err := engine.New(doc, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// compiled gives the mapping of imported rules.
func compiled(t *testing.T, m mapping.Imported) []byte {
	t.Helper()
	idp := provider(m.Rules...)
	idp.Domain = text(m.Domain)
	out, list := mapping.Compile(idp, "")
	if list.HasErrors() {
		t.Fatal(list)
	}
	src, err := out.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// asTypes gives claims under the names that a mapping reads.
func asTypes(claims map[string]string, types []string) map[string]string {
	env := map[string]string{}
	for _, kind := range types {
		claim := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(kind, "HTTP_OIDC_"), "OIDC-"))
		if value, ok := claims[claim]; ok {
			env[kind] = value
		}
	}
	return env
}

// effect tells an outcome as far as it matters: groups are a set, and a federated
// user without a domain is in the identity provider's.
func effect(home string, out engine.Outcome) string {
	switch {
	case out.Error != nil:
		return fmt.Sprintf("%s %d", out.Error.Class, out.Error.Status)
	case out.Undecidable != nil:
		return "undecidable"
	}
	user := slices.Clone(out.Mapped.User)
	if user.Text("type") == "ephemeral" {
		user = slices.DeleteFunc(user, func(f engine.Field) bool {
			return f.Key == "domain" && jsonText(f.Value) == jsonText(object{"name": home})
		})
	}
	return jsonText(object{"user": user, "groups": groups(out), "projects": out.Mapped.Projects})
}

// groups gives each group once, by name or id, in order.
func groups(out engine.Outcome) []string {
	var groups []string
	for _, id := range out.Mapped.GroupIDs {
		groups = append(groups, jsonText(id))
	}
	for _, group := range out.Mapped.GroupNames {
		groups = append(groups, jsonText(group))
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

// jsonText writes a value with the keys of its objects in order.
func jsonText(v any) string {
	var plain any
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &plain)
	}
	if text, _ = json.Marshal(plain); err != nil {
		return err.Error()
	}
	return string(text)
}
