package finding

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
)

// TextOptions say how WriteText draws.
type TextOptions struct {
	// Source gives a file's text for the excerpt; nil, or a nil result, draws none.
	Source func(path string) []byte
	// Mask reports whether a line (counted from 1) may hold a secret: a word stands
	// in the place of its excerpt. Nil shows every line.
	Mask func(path string, line int) bool
	// Color switches ANSI colours on. False is plain text.
	Color bool
}

// mostRelated is how many related places a text draws. What follows from one
// cause may be found in every section of a large tree.
const mostRelated = 8

// WriteText draws each finding as `path:line:col: severity: message [slug]`, the
// source line, a caret under the place, the related places as
// `path:line:col: note: message`, what a fix would do, and the hint.
func WriteText(w io.Writer, list List, opts TextOptions) error {
	d := &drawer{opts: opts}
	for _, f := range list {
		if _, err := io.WriteString(w, d.text(f)); err != nil {
			return err
		}
	}
	return nil
}

// Summary counts the findings in one line without an end: `2 errors, 1 warning in
// 3 files, 1 can be fixed`. files is the number of files that were read.
func Summary(list List, files int) string {
	s := summary(list, files)
	var parts []string
	for _, p := range []string{counted(s.Errors, "error"), counted(s.Warnings, "warning"), counted(s.Infos, "info")} {
		if !strings.HasPrefix(p, "0 ") {
			parts = append(parts, p)
		}
	}
	found := "nothing found"
	if len(parts) > 0 {
		found = strings.Join(parts, ", ")
	}
	out := found + " in " + counted(files, "file")
	if n := len(list.Fixes()); n > 0 {
		out += fmt.Sprintf(", %d can be fixed", n)
	}
	return out
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// drawer draws findings one after the other, and keeps what the next may need.
type drawer struct {
	opts   TextOptions
	source lines
}

func (d *drawer) text(f Finding) string {
	var b strings.Builder
	paint := painter(f.Severity, d.opts.Color)
	fmt.Fprintf(&b, "%s: %s: %s [%s]\n", f.At, paint(f.Severity.String()), Printable(f.Message), Printable(f.Slug))
	b.WriteString(d.excerpt(f.At))
	for _, r := range f.Related[:min(mostRelated, len(f.Related))] {
		fmt.Fprintf(&b, "  %s: %s: %s\n", r.At, painter(Info, d.opts.Color)("note"), Printable(r.Message))
	}
	if more := len(f.Related) - mostRelated; more > 0 {
		fmt.Fprintf(&b, "  and %s\n", counted(more, "more place"))
	}
	if f.Fix != nil {
		fmt.Fprintf(&b, "  fix: %s\n", Printable(f.Fix.Title))
	}
	if f.Hint != "" {
		fmt.Fprintf(&b, "  hint: %s\n", strings.ReplaceAll(PrintableLines(f.Hint), "\n", "\n        "))
	}
	return b.String()
}

func painter(s Severity, on bool) func(string) string {
	c := color.New(map[Severity]color.Attribute{Error: color.FgRed, Warning: color.FgYellow}[s], color.Bold)
	if on {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return func(word string) string { return c.Sprint(word) }
}
