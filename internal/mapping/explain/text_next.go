package explain

import (
	"strconv"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"
)

// next draws what Keystone does with what the mapping gave.
func (d *drawing) next() {
	if d.Next == nil {
		return
	}
	d.line(0, "\nKeystone then")
	for i, s := range d.steps() {
		mark := strconv.Itoa(i+1) + "."
		if s.Class == "bad" {
			mark = "STOP"
		}
		d.wrapped("  "+pad(mark, 5), s.Text, func(line string) string { return line })
		d.wrapped("       ", s.Otherwise, d.dim)
	}
	if d.Next.User.ID != "" {
		d.line(2, "the user's id in Keystone is %s", d.style(d.Next.User.ID, color.Bold))
	}
	for _, note := range d.asides() {
		d.wrapped("  note: ", note, d.dim)
	}
}

// pageWidth is where sentences are wrapped.
const pageWidth = 110

// wrapped draws a sentence in lines of pageWidth behind a mark, under which the
// lines after the first begin.
func (d *drawing) wrapped(mark, text string, paint func(string) string) {
	indent := runewidth.StringWidth(mark)
	for _, line := range wrap(text, pageWidth-indent) {
		d.b.WriteString(strings.TrimRight(mark+paint(line), " ") + "\n")
		mark = strings.Repeat(" ", indent)
	}
}

// wrap breaks a sentence between words; "" has no lines.
func wrap(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		last := len(lines) - 1
		if last >= 0 && runewidth.StringWidth(lines[last]+" "+word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
