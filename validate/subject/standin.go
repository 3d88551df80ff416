package subject

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// Written leaves out places in the file that stands in for a main one which is not at
// hand: nobody has written it.
func Written(related []finding.Related) []finding.Related {
	return slices.DeleteFunc(slices.Clone(related), func(r finding.Related) bool { return r.At.Path == virtualMain })
}

// named puts an error about a line of that file at the file which the line includes.
func (t *Tree) named(f finding.Finding) finding.Finding {
	for _, s := range t.Conf.Sources {
		lines := strings.Split(s.Text, "\n")
		if s.Path == virtualMain && 0 < f.At.Start.Line && f.At.Start.Line <= len(lines) {
			name := strings.Trim(strings.TrimPrefix(lines[f.At.Start.Line-1], "Include "), `"`)
			f.At = finding.Range{Path: t.files.Show(name)}
			return f
		}
	}
	f.At = finding.Range{}
	return f
}
