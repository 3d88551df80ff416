package finding

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"
)

// excerpt draws the source line and a caret run below the range. The run ends at
// the line's end when the range goes on in the next line.
func (d *drawer) excerpt(at Range) string {
	line, ok := d.sourceLine(at)
	if !ok {
		return ""
	}
	number := fmt.Sprint(at.Start.Line)
	if d.opts.Mask != nil && d.opts.Mask(at.Path, at.Start.Line) {
		return fmt.Sprintf(" %s | (not shown: it may hold a secret)\n", number)
	}
	runes := []rune(line)
	from := min(max(at.Start.Column-1, 0), len(runes))
	to := len(runes)
	if at.End.Line == at.Start.Line {
		to = min(max(at.End.Column-1, from), len(runes))
	}
	pad := strings.Repeat(" ", width(runes[:from]))
	run := strings.Repeat("^", max(1, width(runes[from:to])))
	gutter := strings.Repeat(" ", len(number))
	return fmt.Sprintf(" %s | %s\n %s | %s%s\n", number, Printable(line), gutter, pad, run)
}

func width(runes []rune) int { return runewidth.StringWidth(Printable(string(runes))) }

func (d *drawer) sourceLine(at Range) (string, bool) {
	if d.opts.Source == nil || !at.Start.Known() {
		return "", false
	}
	if d.source.ends == nil || d.source.path != at.Path {
		d.source = linesOf(at.Path, d.opts.Source(at.Path))
	}
	line := d.source.line(at.Start.Line)
	const tooLong = 500 // an excerpt is for reading; a longer line is not readable
	return line, line != "" && len(line) <= tooLong
}

// lines are the lines of the file that was drawn last: findings come file by
// file, and a large file is cut up once.
type lines struct {
	path string
	text []byte
	ends []int
}

func linesOf(path string, text []byte) lines {
	l := lines{path: path, text: text, ends: make([]int, 0, bytes.Count(text, []byte("\n"))+1)}
	for i, c := range text {
		if c == '\n' {
			l.ends = append(l.ends, i)
		}
	}
	l.ends = append(l.ends, len(text))
	return l
}

// line gives a line without its end, counted from 1; "" beyond the text.
func (l lines) line(number int) string {
	if number > len(l.ends) {
		return ""
	}
	start := 0
	if number > 1 {
		start = l.ends[number-2] + 1
	}
	return strings.TrimSuffix(string(l.text[start:l.ends[number-1]]), "\r")
}
