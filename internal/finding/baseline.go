package finding

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"
)

// Entry is a finding of a baseline: how often a rule says a message of a file.
// Places are left out of the message, so that lines may move.
type Entry struct {
	Path    string `json:"path"`
	Slug    string `json:"slug"`
	Message string `json:"message"`
	Count   int    `json:"count"`
}

// Baseline holds the findings that an old tree is known to have. The zero
// Baseline knows none.
type Baseline struct {
	entries map[key]int
}

// Split parts a list into what is new and what the baseline knows, both in the
// order of the list. gone has the entries, in their order, that are in the
// baseline more often than in the list: what was mended since, and may be taken
// out. Findings of one entry cannot be told apart; the first ones are known.
func (b Baseline) Split(list List) (fresh, known List, gone []Entry) {
	seen := map[key]int{}
	for _, f := range list {
		k := keyOf(f)
		if seen[k]++; seen[k] <= b.entries[k] {
			known = append(known, f)
		} else {
			fresh = append(fresh, f)
		}
	}
	left := map[key]int{}
	for k, n := range b.entries {
		if n > seen[k] {
			left[k] = n - seen[k]
		}
	}
	return fresh, known, sorted(left)
}

// WriteBaseline writes the list as a baseline file: JSON of version 1, an entry a
// piece, sorted, so that versions of the file compare well.
func WriteBaseline(w io.Writer, list List) error {
	counts := map[key]int{}
	for _, f := range list {
		counts[keyOf(f)]++
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(baselineFile{Version: 1, Findings: sorted(counts)})
}

func sorted(counts map[key]int) []Entry {
	entries := make([]Entry, 0, len(counts))
	for k, n := range counts {
		entries = append(entries, Entry{Path: k.path, Slug: k.slug, Message: k.message, Count: n})
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Slug, b.Slug), cmp.Compare(a.Message, b.Message))
	})
	return entries
}
