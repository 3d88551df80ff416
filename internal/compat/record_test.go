package compat_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/compat"
)

func TestRecordKeepsTheOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.json")
	none, err := compat.Read(path)
	if err != nil || len(none.Suites) != 0 {
		t.Fatalf("a missing record: %+v, %v", none, err)
	}
	first := none.With(compat.Suite{Name: "testing", Title: "Debian testing"}).With(compat.Suite{Name: "bookworm", Title: "Debian 12", Strategies: []compat.Strategy{{Name: "gate", Date: "old"}, {Name: "single", Date: "old"}}})
	if err := first.With(compat.Suite{Name: "bookworm", Title: "Debian 12", Strategies: []compat.Strategy{{Name: "gate", Date: "new"}}}).Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := compat.Read(path)
	want := compat.Record{Suites: []compat.Suite{{Name: "bookworm", Title: "Debian 12", Strategies: []compat.Strategy{{Name: "gate", Date: "new"}, {Name: "single", Date: "old"}}}, {Name: "testing", Title: "Debian testing"}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestPageTells(t *testing.T) {
	early := []compat.Wrong{{Token: "corp/early", Path: "corp", Symptom: "let-in-too-early"}}
	page := string(compat.Record{Suites: []compat.Suite{{
		Name: "bullseye", Title: "Debian 11", Programs: compat.Programs{HTTPD: "2.4.62", Module: "2.4.9.4", Keystone: "18.0.0", Python: "3.9.2", Horizon: "18.6.2"},
		Strategies: []compat.Strategy{
			{Name: "gate", Date: "2026-11-22", Providers: []string{"corp"}, Cells: 20, Right: 18, Wrong: early,
				Browser: map[string]string{"corp": "", "campus": "websso: a | b"}},
			{Name: "mod_oauth2", Date: "2026-11-22", Refused: "there is no such module"},
		},
	}, {Name: "bookworm", Title: "Debian 12", Strategies: []compat.Strategy{{Name: "gate", Providers: []string{"corp"}, Cells: 20, Right: 18, Wrong: early}}}}}.Page([]string{"gate", "mod_oauth2", "single"}))
	for _, want := range []string{
		"| Debian 11 (bullseye) | 2.4.62 | 2.4.9.4 | – | 18.0.0 | 3.9.2 | 18.6.2 |\n",
		"| Debian 11 | `gate` | corp | 18 of 20 | campus fails, corp | 2026-11-22 |\n",
		"| Debian 12 | `gate` | corp | 18 of 20 | there is no Horizon |  |\n",
		"| Debian 11 | `mod_oauth2` | – | refused by `render` | – | 2026-11-22 |\n",
		"| Debian 11 | `single` | – | not run yet | – | – |\n",
		"| token `corp/early` at corp | `let-in-too-early` | Debian 11 `gate`, Debian 12 `gate` |\n",
		"| browser, campus | websso: a \\| b | Debian 11 `gate` |\n",
		"| `render` | there is no such module | Debian 11 `mod_oauth2` |\n",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}
