package validate

import (
	_ "embed" // RULES.md is part of the program
	"regexp"
	"strings"
)

// rulesText is RULES.md: what `fedstone explain` prints is what the file says.
//
//go:embed RULES.md
var rulesText string

// section begins a rule's part of RULES.md.
var section = regexp.MustCompile(`(?m)^### ([a-z0-9-]+)\n`)

// Explain gives a rule's section of RULES.md, without its heading; ok is false
// where there is none of that slug.
func Explain(slug string) (text string, ok bool) {
	marks := section.FindAllStringSubmatchIndex(rulesText, -1)
	for i, m := range marks {
		if rulesText[m[2]:m[3]] != slug {
			continue
		}
		end := len(rulesText)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		text, _, _ = strings.Cut(rulesText[m[1]:end], "\n## ")
		return strings.TrimSpace(text) + "\n", true
	}
	return "", false
}
