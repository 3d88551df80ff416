package finding

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"
)

// TextOptions say how WriteText draws.
type TextOptions struct {
	// Source gives a file's text for the excerpt; nil, or a nil result, draws none.
	Source func(path string) []byte
	// Color switches ANSI colours on. False is plain text.
	Color bool
}

// WriteText draws each finding as `path:line:col: severity: message [slug]`, the
// source line, a caret under the place, and the hint.
func WriteText(w io.Writer, list List, opts TextOptions) error {
	for _, f := range list {
		if _, err := io.WriteString(w, text(f, opts)); err != nil {
			return err
		}
	}
	return nil
}

func text(f Finding, opts TextOptions) string {
	var b strings.Builder
	paint := painter(f.Severity, opts.Color)
	fmt.Fprintf(&b, "%s: %s: %s [%s]\n", f.At, paint(f.Severity.String()), Printable(f.Message), f.Slug)
	b.WriteString(excerpt(f.At, opts))
	for _, r := range f.Related {
		fmt.Fprintf(&b, "  %s: %s\n", r.At, Printable(r.Message))
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

// excerpt draws the source line and a caret run below the range. The run ends at
// the line's end when the range goes on in the next line.
func excerpt(at Range, opts TextOptions) string {
	line, ok := sourceLine(at, opts.Source)
	if !ok {
		return ""
	}
	runes := []rune(line)
	from := min(max(at.Start.Column-1, 0), len(runes))
	to := len(runes)
	if at.End.Line == at.Start.Line {
		to = min(max(at.End.Column-1, from), len(runes))
	}
	pad := strings.Repeat(" ", runewidth.StringWidth(Printable(string(runes[:from]))))
	run := strings.Repeat("^", max(1, runewidth.StringWidth(Printable(string(runes[from:to])))))
	number := fmt.Sprint(at.Start.Line)
	gutter := strings.Repeat(" ", len(number))
	return fmt.Sprintf(" %s | %s\n %s | %s%s\n", number, Printable(line), gutter, pad, run)
}

func sourceLine(at Range, source func(string) []byte) (string, bool) {
	if source == nil || !at.Start.Known() {
		return "", false
	}
	lines := strings.Split(string(source(at.Path)), "\n")
	if at.Start.Line > len(lines) {
		return "", false
	}
	line := strings.TrimSuffix(lines[at.Start.Line-1], "\r")
	const tooLong = 500 // an excerpt is for reading; a longer line is not readable
	return line, line != "" && len(line) <= tooLong
}
