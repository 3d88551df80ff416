package engine_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/platform"
)

// TestKeystoneConfirms asks Keystone for every outcome that TestProcess states.
func TestKeystoneConfirms(t *testing.T) {
	byRelease := map[string]map[string]known{}
	for name, c := range knownCases() {
		release := cmp.Or(c.release, newest())
		if byRelease[release] == nil {
			byRelease[release] = map[string]known{}
		}
		byRelease[release][name] = c
	}
	for release, cases := range byRelease {
		t.Run(release, func(t *testing.T) { confirm(t, oracle.Open(t, release), cases) })
	}
}

func newest() string {
	all := platform.Releases()
	return all[len(all)-1].Name
}

func confirm(t *testing.T, o *oracle.Oracle, cases map[string]known) {
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			answers, err := o.Ask([]oracle.Case{{Mapping: c.mapping(), Assertion: c.env}})
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(stated(t, c.want), answered(t, answers[0])); diff != "" {
				t.Errorf("(-stated +Keystone):\n%s", diff)
			}
		})
	}
}

func (c known) mapping() json.RawMessage {
	return fmt.Appendf(nil, `{"rules": [%s], "schema_version": %q}`, c.rules, cmp.Or(c.schema, "1.0"))
}

// stated reads what a case wants: JSON, or words.
func stated(t *testing.T, want string) any {
	t.Helper()
	if !strings.HasPrefix(want, "{") {
		return want
	}
	return keystoneResult(t, oracle.Answer{Result: json.RawMessage(want)})
}

func answered(t *testing.T, a oracle.Answer) any {
	t.Helper()
	switch {
	case a.Chance == oracle.Outcome || a.Hangs:
		return "undecidable"
	case a.Class != "":
		return fmt.Sprintf("%s %d", a.Class, a.Status)
	}
	return keystoneResult(t, a)
}

// agreeOnFixtures evaluates every mapping of Keystone's own unit tests with every
// assertion there.
func agreeOnFixtures(t *testing.T, o *oracle.Oracle, d dialect) {
	f, err := o.Fixtures()
	if errors.Is(err, oracle.ErrNoFixtures) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := &comparison{dialect: d}
	c.compareFixtures(t, o, f)
	t.Log(c)
}

func (c *comparison) compareFixtures(t *testing.T, o *oracle.Oracle, f oracle.Fixtures) {
	t.Helper()
	var names []string
	var cases []oracle.Case
	for _, mapping := range accepted(t, o, f) {
		for assertion, claims := range f.Assertions {
			names = append(names, mapping+" with "+assertion)
			cases = append(cases, oracle.Case{Mapping: f.Mappings[mapping], Assertion: claims})
		}
	}
	answers, err := o.Ask(cases)
	if err != nil {
		t.Fatal(err)
	}
	for i := range cases {
		c.compare(t, names[i], cases[i], answers[i])
	}
}

// accepted names the mappings that Keystone would store; the fixtures hold others
// for the tests of its schema.
func accepted(t *testing.T, o *oracle.Oracle, f oracle.Fixtures) []string {
	t.Helper()
	var names, good []string
	var mappings []json.RawMessage
	for name, m := range f.Mappings {
		names, mappings = append(names, name), append(mappings, m)
	}
	verdicts, err := o.Validate(mappings)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range verdicts {
		if v.Class == "" && len(v.Messages) == 0 {
			good = append(good, names[i])
		}
	}
	return good
}
