package report

import (
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/pattern"
)

// unknownWidth is how many columns a terminal has where nobody knows better.
const unknownWidth = 80

// narrowest is the least that is left for words, however narrow the terminal is.
const narrowest = 24

// longestInline is how many columns code may take among words.
const longestInline = 30

// atom is a part of a text that is not broken: a word, or code with its spaces.
type atom struct{ Text string }

// Paste gives code that is long enough for a line of its own, where a person can
// mark it as a whole; "" for anything else.
func (a atom) Paste() string {
	bare := strings.TrimRight(a.Text, ",;:")
	if strings.HasPrefix(bare, "<") || !strings.Contains(bare, " ") || runewidth.StringWidth(bare) <= longestInline {
		return ""
	}
	if inner := strings.Trim(bare, "`"); !strings.Contains(inner, "`") {
		return inner
	}
	return ""
}

// unbroken matches an atom: an openstack command, or a word in which what stands
// between backticks and a section's head count as one.
var unbroken = pattern.Lazy("openstack [a-z][^`;(]*[^`;( ]|(?:`[^`]+`|<[A-Z][A-Za-z]* [^<>]*>|\\S)+")

func atoms(text string) []atom {
	var out []atom
	for _, word := range unbroken().FindAllString(text, -1) {
		out = append(out, atom{word})
	}
	return out
}

// pasted matches a line of a mend that is a line of a file, or a command: it is
// indented, a section, a value, a directive, or begins with a program's name.
var pasted = pattern.Lazy(`^(?:\s|[<\[]|[a-z_]+ ?= |[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]* \S|(?:openstack|fedstone|keystone-manage|curl|httpd|apachectl|ss) \S+$|openstack )`)

// chunk is what stands together in a mend: lines to be pasted, or a line of words.
type chunk struct {
	Paste string // "" for words
	Words []atom
}

// chunks parts a text. What is to be pasted has no backticks left.
func chunks(text string) []chunk {
	var out []chunk
	for line := range strings.SplitSeq(text, "\n") {
		if toPaste(line) {
			out = pasting(out, line, true)
			continue
		}
		out = append(out, chunk{})
		for _, a := range atoms(line) {
			if paste := a.Paste(); paste != "" {
				out = append(pasting(out, paste, false), chunk{})
				continue
			}
			last := &out[len(out)-1]
			if len(last.Words) == 0 && strings.Trim(a.Text, ",;:") == "" {
				continue // what parted two commands on one line
			}
			last.Words = append(last.Words, a)
		}
	}
	return slices.DeleteFunc(out, func(c chunk) bool { return c.Paste == "" && len(c.Words) == 0 })
}

// toPaste reports whether a whole line is code. A command with words after it is not.
func toPaste(line string) bool {
	words := atoms(line)
	return len(words) > 0 && words[0].Paste() == "" && !strings.Contains(line, "`") && pasted().MatchString(line)
}

// pasting adds a line to be pasted, to the lines before it if it follows on them.
func pasting(list []chunk, line string, follows bool) []chunk {
	if n := len(list); follows && n > 0 && list[n-1].Paste != "" {
		list[n-1].Paste += "\n" + line
		return list
	}
	return append(list, chunk{Paste: line})
}

// wrap breaks a text into lines of at most width columns. What is to be pasted is
// not broken, nor is a word that is wider.
func wrap(text string, width int) []string {
	var out []string
	for _, c := range chunks(text) {
		if c.Paste != "" {
			out = append(out, strings.Split(c.Paste, "\n")...)
			continue
		}
		out = append(out, filled(c.Words, max(width, narrowest))...)
	}
	return out
}

func filled(words []atom, width int) []string {
	var lines []string
	line := words[0].Text
	for _, a := range words[1:] {
		if runewidth.StringWidth(line)+1+runewidth.StringWidth(a.Text) > width {
			lines = append(lines, line)
			line = a.Text
			continue
		}
		line += " " + a.Text
	}
	return append(lines, line)
}
