package subject

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
)

// Written leaves out places in the file that stands in for a main one which is not at
// hand: nobody has written it.
func Written(related []finding.Related) []finding.Related {
	return slices.DeleteFunc(slices.Clone(related), func(r finding.Related) bool { return r.At.Path == virtualMain })
}
