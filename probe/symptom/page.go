package symptom

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Page writes the section of a slug, as docs/symptoms.md and `fedstone explain`
// show it; "" for a slug that there is not. Words in braces stay, for the names of
// the federation at hand.
func Page(slug string) string {
	var ways []Symptom
	for _, s := range All() {
		if s.Slug == slug {
			ways = append(ways, s)
		}
	}
	if len(ways) == 0 {
		return ""
	}
	var b strings.Builder
	for _, s := range ways {
		fmt.Fprintf(&b, "- seen: %s%s\n", s.Sight, s.conditions())
	}
	fmt.Fprintf(&b, "- answered by: %s\n", layers(ways))
	for _, cause := range distinct(ways, func(s Symptom) string { return s.Cause }) {
		fmt.Fprintf(&b, "- cause: %s\n", indented(cause))
	}
	for _, mend := range distinct(ways, func(s Symptom) string { return s.Mend }) {
		fmt.Fprintf(&b, "- mend:\n\n  ```\n  %s\n  ```\n\n", indented(mend))
	}
	if rules := RulesOf(slug); len(rules) > 0 {
		fmt.Fprintf(&b, "- in the files: `fedstone probe --config PATH` shows findings of %s first\n", strings.Join(rules, ", "))
	}
	return b.String()
}

// Document writes every section.
func Document() string {
	var b strings.Builder
	for _, family := range families() {
		fmt.Fprintf(&b, "\n## %s\n", family.title)
		var done []string
		for _, s := range family.symptoms {
			if !slices.Contains(done, s.Slug) && firstFamily(s.Slug) == family.title {
				done = append(done, s.Slug)
				fmt.Fprintf(&b, "\n### %s\n\n%s", s.Slug, Page(s.Slug))
			}
		}
	}
	return b.String()
}

// firstFamily is where a slug that several families have is told.
func firstFamily(slug string) string {
	for _, family := range families() {
		if slices.ContainsFunc(family.symptoms, func(s Symptom) bool { return s.Slug == slug }) {
			return family.title
		}
	}
	return ""
}

// conditions are what is known or asked besides the answer.
func (s Symptom) conditions() string {
	var parts []string
	for _, second := range s.Second {
		parts = append(parts, second.text())
	}
	for _, told := range s.Told {
		parts = append(parts, fmt.Sprintf("or, with insecure_debug, \"%s\"", told))
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, "; ")
}

// text says what is asked and what the answer has to be.
func (s Second) text() string {
	name, _, _ := strings.Cut(s.Ask, " ")
	return questionOf(name, Names{}).Says + ": " + s.Want.text()
}

func (w Want) text() string {
	var parts []string
	if len(w.Status) > 0 {
		parts = append(parts, strings.Trim(strings.ReplaceAll(fmt.Sprint(w.Status), " ", " or "), "[]"))
	}
	if w.By != "" {
		parts = append(parts, "of "+string(w.By))
	}
	if w.NotBy != "" {
		parts = append(parts, "not of "+string(w.NotBy))
	}
	if w.Seen != "" {
		parts = append(parts, fmt.Sprintf("with %q", w.Seen))
	}
	text := strings.Join(parts, " ")
	if w.Not {
		return "anything but " + text
	}
	return text
}

func layers(ways []Symptom) string {
	of := func(s Symptom) string {
		switch {
		case s.Truly != "":
			return string(s.Truly)
		case s.Fault != "":
			return string(keystone.ByNobody) + ", or idp"
		case s.By != "":
			return string(s.By)
		}
		return "whoever the answer shows"
	}
	return strings.Join(distinct(ways, of), ", ")
}

func distinct(ways []Symptom, of func(Symptom) string) []string {
	var out []string
	for _, s := range ways {
		if !slices.Contains(out, of(s)) {
			out = append(out, of(s))
		}
	}
	return out
}

// RulesOf gives the slugs of validate's rules that find the cause of a slug in
// files.
func RulesOf(slug string) []string {
	var out []string
	for _, s := range All() {
		for _, r := range s.Rules {
			if s.Slug == slug && !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// indented keeps the lines of a list's item together.
func indented(text string) string {
	return strings.ReplaceAll(text, "\n", "\n  ")
}
