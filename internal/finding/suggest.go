package finding

import "github.com/agext/levenshtein"

// Nearest gives the known name that a mistyped one most likely meant, or "" when
// none is within two edits (or a third of its length, for long names). Something
// of the name must be left: "x" does not mean "id".
func Nearest(name string, known []string) string {
	best, distance := "", min(max(2, len(name)/3)+1, len(name))
	for _, k := range known {
		if d := levenshtein.Distance(name, k, nil); d < distance {
			best, distance = k, d
		}
	}
	return best
}
