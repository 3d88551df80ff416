package compat_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/compat"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/templates"
)

// known is what is let in everywhere at the token's own path: mod_auth_openidc looks at no nbf (docs/facts.md).
func known(w compat.Wrong) bool { return w.Token == w.Path+"/early" }

// isolates: nothing was let in that must not be. A token that is refused at its own path is another matter.
func isolates(st compat.Strategy) bool {
	return st.Cells > 0 && !slices.ContainsFunc(st.Wrong, func(w compat.Wrong) bool { return w.Token != w.Path && !known(w) })
}

// TestRenderedStrategiesIsolate: what render writes for a release kept the issuers apart there.
func TestRenderedStrategiesIsolate(t *testing.T) {
	for _, s := range recorded(t).Suites {
		for _, st := range s.Strategies {
			if st.Refused == "" && !isolates(st) {
				t.Errorf("%s, %s: %+v; render must refuse it there", s.Title, st.Name, st.Wrong)
			}
		}
	}
}

// TestRefusedAsRecorded holds the code's table of mod_oauth2 against what was seen: a pair that was seen to isolate is in
// it, and no other. Each platform names the pair that was seen.
func TestRefusedAsRecorded(t *testing.T) {
	for _, s := range recorded(t).Suites {
		p, _ := platform.ByName(s.Platform)
		if seen := (platform.OAuth2{Module: s.Programs.OAuth2, Library: s.Programs.Library}); p.OAuth2 != seen {
			t.Errorf("%s: the platform says mod_oauth2 %+v, %+v was seen", s.Title, p.OAuth2, seen)
		}
		for _, one := range templates.Strategies() {
			st, run := s.Strategy(one.Name)
			if one.OAuth2 && run && p.OAuth2.Isolates() != isolates(st) {
				t.Errorf("%s, %s: isolates %v by the table, %v as it was seen", s.Title, one.Name, p.OAuth2.Isolates(), isolates(st))
			}
		}
	}
}

// TestRunAsItIsWritten: the table of strategies and the schema name the same ones, in the same order.
func TestRunAsItIsWritten(t *testing.T) {
	var table []string
	for _, s := range templates.Strategies() {
		table = append(table, s.Name)
	}
	if got := strategies(t); !slices.Equal(got, table) {
		t.Errorf("the schema names %s, the table %s", strings.Join(got, ", "), strings.Join(table, ", "))
	}
}
