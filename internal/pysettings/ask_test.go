package pysettings_test

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/pysettings"
	"github.com/fedstone/fedstone/internal/python"
)

// answer is what testdata/ask.py says of some files.
type answer struct {
	Refused []string          `json:"refused"` // by file: why Python does not compile it
	Raised  string            `json:"raised"`
	Values  map[string]string `json:"values"`
	Spans   [][][4]int        `json:"spans"` // by file: line, column in bytes from 0, and those of the end
}

// ask puts all cases to one process. A case is the texts of its files.
func ask(t *testing.T, p labtest.Python, cases [][]string) []answer {
	t.Helper()
	var questions []map[string]any
	for _, files := range cases {
		questions = append(questions, map[string]any{"files": files})
	}
	return labtest.Ask[map[string]any, answer](t, exec.Command(p.Program, "-W", "ignore", "testdata/ask.py"), questions)
}

// reading is what we make of a case.
type reading struct {
	config   *pysettings.Config
	findings finding.List
}

func read(files []string) reading {
	var r reading
	var parsed []*pysettings.File
	for i, text := range files {
		f, list := pysettings.Parse(fmt.Sprint(i), []byte(text))
		parsed, r.findings = append(parsed, f), append(r.findings, list...)
	}
	r.config = pysettings.New(parsed...)
	return r
}

// tally counts what a comparison saw.
type tally struct{ compared, decided, undecided, raised, refused, found int }

// compare holds a reading against Python's answer. Only files that Python executes
// to their ends tell what is decided.
func (n *tally) compare(files []string, want answer) string {
	got := read(files)
	n.compared++
	if slices.ContainsFunc(want.Refused, func(s string) bool { return s != "" }) {
		n.refused++
		if len(got.findings) > 0 {
			n.found++
		}
		return ""
	}
	switch {
	case len(got.findings) > 0:
		return fmt.Sprintf("Python takes it, we say %s: %s", got.findings[0].At, got.findings[0].Message)
	case want.Raised != "":
		n.raised++
		return ""
	}
	return n.values(files, got, want)
}

func (n *tally) values(files []string, got reading, want answer) string {
	for name := range want.Values {
		if _, ok := got.config.Get(name); !ok && !strings.HasPrefix(name, "_") && name != "gettext_lazy" {
			return name + " is set, we say it is not"
		}
	}
	for _, name := range got.config.Names() {
		s, _ := got.config.Get(name)
		if !s.Decided {
			n.undecided++
			if s.Why == "" {
				return name + " is undecided without a reason"
			}
		} else if n.decided++; show(s.Value) != want.Values[name] {
			return fmt.Sprintf("%s is %s, we say %s", name, want.Values[name], show(s.Value))
		}
		if problem := misplaced(files, s.Part, want); problem != "" {
			return name + ": " + problem
		}
	}
	return ""
}

// misplaced holds the place of every value that is known against the places of
// Python's own expressions.
func misplaced(files []string, p pysettings.Part, want answer) string {
	if p.Kind == pysettings.Unknown {
		return ""
	}
	i := int(p.At.Path[0] - '0')
	span := [4]int{p.At.Start.Line, column(files[i], p.At.Start), p.At.End.Line, column(files[i], p.At.End)}
	if !slices.Contains(want.Spans[i], span) {
		return fmt.Sprintf("%v has no expression of its own: %q", span, files[i][p.At.Start.Byte:p.At.End.Byte])
	}
	for _, part := range p.Parts {
		if problem := misplaced(files, part, want); problem != "" {
			return problem
		}
		if part.Key != nil {
			if problem := misplaced(files, *part.Key, want); problem != "" {
				return problem
			}
		}
	}
	return ""
}

// column counts bytes from the line's beginning, and holds the other columns
// against each other.
func column(text string, p finding.Pos) int {
	line := text[strings.LastIndexAny(text[:p.Byte], "\r\n")+1 : p.Byte]
	if len([]rune(strings.TrimPrefix(line, "\ufeff")))+1 != p.Column {
		return -1
	}
	return len(strings.TrimPrefix(line, "\ufeff"))
}

// show is Repr, with the members of sets in the order of ask.py.
func show(v any) string {
	switch v := v.(type) {
	case python.List:
		return "[" + strings.Join(each(v), ", ") + "]"
	case python.Tuple:
		if len(v) == 1 {
			return "(" + show(v[0]) + ",)"
		}
		return "(" + strings.Join(each(v), ", ") + ")"
	case python.Set:
		members := each(v)
		slices.Sort(members)
		return "{" + strings.Join(members, ", ") + "}"
	case *python.Dict:
		entries := make([]string, v.Len())
		for i := range entries {
			key, value := v.At(i)
			entries[i] = show(key) + ": " + show(value)
		}
		return "{" + strings.Join(entries, ", ") + "}"
	}
	return python.Repr(v, python.Default())
}

func each(items []any) []string {
	out := make([]string, len(items))
	for i := range items {
		out[i] = show(items[i])
	}
	return out
}
