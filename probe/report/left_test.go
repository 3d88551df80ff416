package report

import (
	"testing"

	"github.com/fedstone/fedstone/probe"
)

func TestLeftBehind(t *testing.T) {
	two := probe.Result{Providers: []probe.Provider{{Shadows: []string{"bob (corp)", "alice (corp)"}}, {}}}
	for name, tc := range map[string]struct {
		fleet probe.Fleet
		want  string
	}{
		"nobody logged in": {probe.Fleet{{Providers: []probe.Provider{{ID: "corp"}}}}, ""},
		"a few of many": {probe.Fleet{{Providers: []probe.Provider{{Shadows: []string{"a", "b", "c", "d", "e", "f", "g"}}}}},
			"\nleft on the cloud, as by any login, with what the mappings grant: shadow user a,\nb, c, d, e and 2 more\n"},
		"once for each": {probe.Fleet{two, two}, "\nleft on the cloud, as by any login, with what the mappings grant: shadow user\nalice (corp), bob (corp)\n"},
	} {
		if got := leftBehind(tc.fleet, TextOptions{}); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
