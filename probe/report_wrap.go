package probe

import (
	"regexp"
	"strings"
	"sync"

	"github.com/mattn/go-runewidth"
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
var unbroken = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("openstack [a-z][^`;(]*[^`;( ]|(?:`[^`]+`|<[A-Z][A-Za-z]* [^<>]*>|\\S)+")
})

func atoms(text string) []atom {
	var out []atom
	for _, word := range unbroken().FindAllString(text, -1) {
		out = append(out, atom{word})
	}
	return out
}

// wrap breaks a text into lines of at most width columns. An atom that is wider
// has a line of its own.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	feed := func() {
		if line != "" {
			lines = append(lines, line)
		}
		line = ""
	}
	for _, a := range atoms(text) {
		if paste := a.Paste(); paste != "" {
			feed()
			lines = append(lines, paste)
			continue
		}
		if line != "" && runewidth.StringWidth(line)+1+runewidth.StringWidth(a.Text) > max(width, narrowest) {
			feed()
		}
		line = strings.TrimPrefix(line+" "+a.Text, " ")
	}
	feed()
	return lines
}
