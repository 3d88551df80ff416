package broken

import (
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/probe/symptom"
)

// TestNothingIsLeftOver: a door or a mapping that no case uses is broken for nobody.
func TestNothingIsLeftOver(t *testing.T) {
	cases := Cases(t)
	uses := func(f func(Case) string, name string) bool {
		return slices.ContainsFunc(cases, func(c Case) bool { return f(c) == name })
	}
	for _, name := range append(names(t, "doors", ".conf"), names(t, "balancers", ".cfg")...) {
		if !uses(Case.door, name) && !strings.HasPrefix(name, "keystone-") {
			t.Errorf("no case has the door %s", name)
		}
	}
	for _, name := range names(t, "rules", ".json") {
		if !uses(Case.rules, name) {
			t.Errorf("no case has the rules %s", name)
		}
	}
}

// TestCasesAreWhole: each says what is wrong, and wants a symptom that there is.
func TestCasesAreWhole(t *testing.T) {
	for _, c := range Cases(t) {
		if c.About == "" || c.Want.Slug != "" && !slices.Contains(symptom.Slugs(), c.Want.Slug) {
			t.Errorf("%s: about %q, wants %q", c.Name, c.About, c.Want.Slug)
		}
	}
}
