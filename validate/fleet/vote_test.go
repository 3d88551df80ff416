package fleet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCount: who differs from whom.
func TestCount(t *testing.T) {
	for name, c := range map[string]struct {
		marks        string // of machines a, b, c …
		most, others string
	}{
		"all alike":               {"111", "a, b and c", ""},
		"nobody":                  {"", "", ""},
		"one differs":             {"112", "a and b", "c"},
		"the first differs":       {"211", "b and c", "a"},
		"of two the first counts": {"12", "a", "b"},
		"each has its own":        {"123", "a", "b and c"},
		"two against two":         {"2112", "a and d", "b and c"},
		"something and nothing":   {"-11", "b and c", "a"},
	} {
		t.Run(name, func(t *testing.T) {
			var voices []voice
			for i, mark := range c.marks {
				voices = append(voices, voice{machine: string(rune('a' + i)), mark: strings.Trim(string(mark), "-")})
			}
			v, differ := count(voices)
			if diff := cmp.Diff([]any{c.most, c.others, c.others != ""}, []any{names(v.most), names(v.others), differ}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestMarker: marks are alike for the same values only, are another run's in none, and show nothing of a value.
func TestMarker(t *testing.T) {
	m := newMarker()
	first, again := m.of("a", "b"), m.of("a", "b")
	if first != again || m.of("a", "b") == m.of("ab") || m.of("a", "b") == m.of("b", "a") || m.of() == m.of("") {
		t.Error("want the same mark for the same values in the same order, and for no others")
	}
	if newMarker().of("a") == m.of("a") || strings.Contains(m.of("passphrase"), "passphrase") {
		t.Error("want a mark of this run that shows nothing of the value")
	}
}
