package suite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// covered runs tests of rules.json and gives the coverage.
func covered(t *testing.T, rules string, logins ...string) Coverage {
	t.Helper()
	text := "mapping: rules.json\ntests:\n"
	for i, login := range logins {
		text += fmt.Sprintf("  - {name: t%d, want: {}, environment: %s}\n", i, login)
	}
	if len(logins) == 0 {
		text += "  []\n"
	}
	files(t, map[string]string{"rules.json": rules, "a.test.yaml": text})
	return sound(t, "a.test.yaml").Run(nil).Coverage
}

func gaps(c Coverage) []string {
	var out []string
	for _, g := range c.Gaps() {
		out = append(out, strings.TrimPrefix(g.At.String(), "rules.json:")+" "+g.Text)
	}
	return out
}

func TestCoverage(t *testing.T) {
	const all = `{"OIDC-sub": a, "OIDC-email": e, "OIDC-groups": admins}`
	cases := map[string]struct {
		logins      []string
		reached, of int
		gaps        []string
	}{
		"no tests": {nil, 0, 17, []string{"2:3 rule 1: no test comes to it", "5:3 rule 2: no test comes to it", "8:3 rule 3: no test comes to it"}},
		"an admin": {[]string{all}, 12, 17, []string{
			"2:15 rule 1: no test is stopped by OIDC-groups any_one_of [admins, ops]",
			"2:95 rule 1: no test comes without OIDC-email",
			"5:37 rule 2: no test comes without OIDC-groups",
			"8:3 rule 3: holds in no test",
			"8:15 rule 3: no test passes OIDC-break any_one_of [index]",
		}},
		"all": {[]string{all, `{"OIDC-groups": x}`, `{"OIDC-groups": ops}`, `{"OIDC-groups": ops, "OIDC-sub": a}`, `{"OIDC-sub": a}`, `{"OIDC-break": index}`}, 16, 17, []string{
			"8:75 rule 3: what item 1 of local gives is in no test",
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := covered(t, rulesJSON, c.logins...)
			if reached, of := got.Reached(); reached != c.reached || of != c.of {
				t.Errorf("reached %d of %d, want %d of %d", reached, of, c.reached, c.of)
			}
			if diff := cmp.Diff(c.gaps, gaps(got)); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAlways: what every login has stops nobody: the claim that names the user for
// httpd, and behind what fedstone renders the issuer.
func TestAlways(t *testing.T) {
	const rules = `[{"remote": [{"type": "OIDC-sub"}, {"type": "REMOTE_USER"}, {"type": "OIDC-iss"}, {"type": "OIDC-sub", "any_one_of": ["a"]}], "local": []}]`
	sure := func(c Coverage) []bool {
		var out []bool
		for _, q := range c.Mappings[0].Rules[0].Remote {
			out = append(out, q.Sure)
		}
		return out
	}
	if diff := cmp.Diff([]bool{true, true, false, false}, sure(covered(t, rules))); diff != "" {
		t.Errorf("a mapping alone (-want +got):\n%s", diff)
	}
	files(t, map[string]string{"rules.json": rules, "federation.yaml": description("    mapping: rules.json\n")})
	if diff := cmp.Diff([]bool{true, true, true, false}, sure(sound(t, "federation.yaml").Run(nil).Coverage)); diff != "" {
		t.Errorf("behind fedstone's httpd (-want +got):\n%s", diff)
	}
}

// TestSure: what was asked before stops nobody, and so is no gap.
func TestSure(t *testing.T) {
	const rules = `[{"remote": [{"type": "g", "any_one_of": ["a"]}, {"type": "g", "whitelist": ["b"]}, {"type": "g", "not_any_of": ["c"]}], "local": []}]`
	c := covered(t, rules, "{g: a}", "{g: b}", "{g: a;c}")
	var sure []bool
	for _, q := range c.Mappings[0].Rules[0].Remote {
		sure = append(sure, q.Sure)
	}
	if diff := cmp.Diff([]bool{false, true, false}, sure); diff != "" {
		t.Errorf("sure (-want +got):\n%s", diff)
	}
	if reached, of := c.Reached(); reached != 5 || of != 5 || c.Percent() != 100 {
		t.Errorf("reached %d of %d", reached, of)
	}
}

// TestRaised: an expression that raises neither lets pass nor stops, and what
// stands behind it is not reached.
func TestRaised(t *testing.T) {
	const rules = `[{"remote": [{"type": "g", "any_one_of": ["("], "regex": true}], "local": []}, {"remote": [{"type": "g"}], "local": []}]`
	c := covered(t, rules, "{g: a}")
	want := []string{"1:2 rule 1: ends every test that comes to it", "1:80 rule 2: no test comes to it"}
	if diff := cmp.Diff(want, gaps(c)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

func TestSummary(t *testing.T) {
	rule := RuleCoverage{Held: 1, Remote: make([]RequirementCoverage, 100)}
	for i := range rule.Remote {
		rule.Remote[i].Passed, rule.Remote[i].Stopped = 1, 1
	}
	rule.Remote[0].Stopped = 0
	c := Coverage{[]MappingCoverage{{Rules: []RuleCoverage{rule}}}}
	if got, want := c.Summary(), "coverage: 99% (199 of 200)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := (Coverage{}).Percent(); got != 100 {
		t.Errorf("nothing to reach: %v", got)
	}
}

// TestNamedPlaces: each part of a named rule is shown where it stands in
// federation.yaml.
func TestNamedPlaces(t *testing.T) {
	src := description(namedRules + `      - user: {name: guest}
        groups: [everybody, all]
      - when: {env(MELLON_x): {any_of: [a]}}
        user: {name: "{https://example.org/n}", domain: "{env(REMOTE_USER)}"}
        groups: ["{g}", {id: x}, {name: y, domain: {id: z}}]
        group_ids: "{ids}"
        only: {g: {matches: [b]}, ids: [c]}
`)
	files(t, map[string]string{"federation.yaml": src})
	s := sound(t, "federation.yaml").Suites[0]
	at := func(r finding.Range) string { return src[r.Start.Byte:r.End.Byte] }
	var got [][]string
	for i, trace := range s.processor.Explain(nil).Rules {
		p := s.places[i]
		if len(p.remote) != len(trace.Remote) {
			t.Fatalf("rule %d: %d places for %d requirements", i+1, len(p.remote), len(trace.Remote))
		}
		parts := []string{strings.Fields(at(p.rule))[0]}
		for _, r := range append(p.remote, p.local...) {
			parts = append(parts, at(r))
		}
		got = append(got, parts)
	}
	user := `{name: "{preferred_username}"}`
	want := [][]string{
		{"when:", "[admins]", `"{sub}"`, `"{preferred_username}"`, `{name: "{preferred_username}", id: "{sub}"}`, `{name: "{sub}-home", roles: [member]}`},
		{"user:", `"{preferred_username}"`, `"{groups}"`, user, `"{groups}"`},
		{"user:", "user: {name: guest}\n        groups: [everybody, all]", "{name: guest}", "everybody", "all"},
		{"when:", "[a]", `"{https://example.org/n}"`, `"{env(REMOTE_USER)}"`, `"{g}"`, `"{ids}"`,
			`{name: "{https://example.org/n}", domain: "{env(REMOTE_USER)}"}`, `"{g}"`, `"{ids}"`, "{id: x}", "{name: y, domain: {id: z}}"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// TestPlacesOfLocal: what a rule gives has as many places as parts.
func TestPlacesOfLocal(t *testing.T) {
	files(t, map[string]string{"federation.yaml": description(namedRules + `    tests:
      - {name: all, claims: {preferred_username: ann, sub: s, groups: [admins, users]}, want: {}}
`)})
	c := sound(t, "federation.yaml").Run(nil).Coverage
	for _, r := range c.Mappings[0].Rules {
		for i, l := range r.Local {
			if l.Given != 1 {
				t.Errorf("rule %d, part %d: given %d times", r.Number, i+1, l.Given)
			}
		}
	}
	if kind := c.Mappings[0].Rules[0].Remote[0].Kind; kind != engine.AnyOneOf {
		t.Errorf("kind %v", kind)
	}
}
