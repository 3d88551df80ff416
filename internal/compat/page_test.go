package compat_test

import (
	"flag"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/compat"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/lab/roots"
	"github.com/fedstone/fedstone/internal/platform"
)

var update = flag.Bool("update", false, "rewrite docs/compatibility.md from what was recorded")

// recorded is what the last runs saw.
func recorded(t *testing.T) compat.Record {
	t.Helper()
	r, err := compat.Read(filepath.Join(labtest.Repository(t), "docs", "compatibility.json"))
	if err != nil || len(r.Suites) == 0 {
		t.Fatalf("nothing is recorded: %v", err)
	}
	return r
}

func TestPage(t *testing.T) {
	labtest.Golden(t, filepath.Join(labtest.Repository(t), "docs", "compatibility.md"), recorded(t).Page(strategies(t)), *update)
}

// TestSuitesRecorded: every suite was run, with every strategy, and with none that there is not.
func TestSuitesRecorded(t *testing.T) {
	var names []string
	for _, s := range recorded(t).Suites {
		names = append(names, s.Name)
		for _, name := range strategies(t) {
			if _, run := s.Strategy(name); !run {
				t.Errorf("%s was not run with %s: make test-matrix", s.Title, name)
			}
		}
		for _, st := range s.Strategies {
			if !slices.Contains(strategies(t), st.Name) {
				t.Errorf("%s was run with %s, which is no strategy any more: take it out of docs/compatibility.json", s.Title, st.Name)
			}
		}
	}
	want := append(roots.Names(), "bookworm")
	slices.Sort(want)
	if slices.Sort(names); !slices.Equal(names, want) {
		t.Errorf("suites %v, want %v: make test-matrix", names, want)
	}
}

// TestPlatformsAsRecorded: what is rendered for a release is rendered for the versions that were seen there.
func TestPlatformsAsRecorded(t *testing.T) {
	for _, s := range recorded(t).Suites {
		p, ok := platform.ByName(s.Platform)
		if !ok {
			t.Errorf("%s: there is no platform %s", s.Title, s.Platform)
			continue
		}
		r, _ := platform.ReleaseByName(p.Release)
		if s.Programs.Module != p.Module || !strings.HasPrefix(s.Programs.Python, p.Python+".") || !strings.HasPrefix(s.Programs.Keystone, number(r)+".") {
			t.Errorf("%s: %+v was seen; the platform says mod_auth_openidc %s, Python %s, Keystone %s", s.Title, s.Programs, p.Module, p.Python, number(r))
		}
	}
}

// number is the program's major version.
func number(r platform.Release) string { return strconv.Itoa(r.Number) }
