package validate

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// mark begins a comment that sets findings aside: `# fedstone:ignore SLUG REASON`,
// in the line before a directive or section.
const mark = "fedstone:ignore"

// ignore is one such comment: it holds for the lines from First to Last.
type ignore struct {
	slug, reason string
	at           finding.Range
	first, last  int
	used         bool
}

// marks are the comments of each file.
type marks map[string][]*ignore

func marksOf(sites []*subject.Site) marks {
	out := marks{}
	for _, s := range sites {
		for _, path := range s.Mentioning(mark) {
			out[path] = ignoresOf(path, s.Raw(path))
		}
	}
	return out
}

// setAside parts reports from those that comments in their files set aside. That is
// done before causes are looked for: what follows from a finding that is set aside
// is told all the same.
func (m marks) setAside(reports []rule.Report) (kept []rule.Report, ignored finding.List) {
	for _, r := range reports {
		if covered(m[r.At.Path], r.Finding) {
			ignored = append(ignored, r.Finding)
		} else {
			kept = append(kept, r)
		}
	}
	return kept, ignored
}

// covered reports whether a comment sets a finding aside.
func covered(all []*ignore, f finding.Finding) bool {
	for _, i := range all {
		if i.slug == f.Slug && i.reason != "" && i.first <= f.At.Start.Line && f.At.Start.Line <= i.last {
			i.used = true
			return true
		}
	}
	return false
}

// remarks says what is wrong with the comments themselves.
func (m marks) remarks() finding.List {
	var out finding.List
	for _, all := range m {
		for _, i := range all {
			out = append(out, i.remarks()...)
		}
	}
	return out
}

// remarks says what is wrong with the comment itself.
func (i *ignore) remarks() finding.List {
	switch {
	case !Known(i.slug):
		hint := "`fedstone explain` lists the rules"
		if near := finding.Nearest(i.slug, Slugs()); near != "" {
			hint = "did you mean " + near + "?"
		}
		return finding.List{{Slug: "ignore-unknown", Severity: finding.Warning, At: i.at, Message: fmt.Sprintf("there is no rule %q to be ignored", i.slug), Hint: hint}}
	case i.reason == "":
		return finding.List{{Slug: "ignore-without-reason", Severity: finding.Warning, At: i.at, Message: "a finding is ignored without a reason: it is not ignored",
			Hint: "# " + mark + " " + i.slug + " why it does not matter here"}}
	case !i.used:
		return finding.List{{Slug: "ignore-unused", Severity: finding.Info, At: i.at, Message: i.slug + " is not found here any more", Hint: "remove the comment"}}
	}
	return nil
}

func ignoresOf(path string, src []byte) []*ignore {
	if subject.KindOf(path, src) == subject.HTTPD {
		file, _ := httpdconf.Parse(path, src)
		return ignoresIn(src, file.Nodes)
	}
	return ignoresByLine(path, src)
}

// ignoresIn reads the comments of httpd's configuration.
func ignoresIn(src []byte, nodes []*httpdconf.Node) []*ignore {
	var out, open []*ignore
	for _, n := range nodes {
		switch n.Kind {
		case httpdconf.Comment:
			if i := parseIgnore(string(src[n.At.Start.Byte:n.At.End.Byte])); i != nil {
				i.at = n.At
				out, open = append(out, i), append(open, i)
			}
			continue
		case httpdconf.Blank:
			continue
		}
		for _, i := range open {
			i.first, i.last = n.At.Start.Line, max(n.At.End.Line, n.End.End.Line)
		}
		open = nil
		out = append(out, ignoresIn(src, n.Children)...)
	}
	return out
}

// ignoresByLine reads the comments of files whose comments begin with #: one in a
// line of its own is about the next line, any other about its own.
func ignoresByLine(path string, src []byte) []*ignore {
	var out, open []*ignore
	number, offset := 0, 0
	for line := range bytes.Lines(src) {
		number++
		before, comment, found := strings.Cut(string(line), "#")
		alone := strings.TrimSpace(before) == ""
		if i := parseIgnore(comment); found && i != nil {
			start := finding.Pos{Line: number, Column: len([]rune(before)) + 1, Byte: offset + len(before)}
			i.at = finding.Range{Path: path, Start: start, End: start}
			i.first, i.last = number, number
			if out = append(out, i); alone {
				open = append(open, i)
			}
		} else if !alone || !found && strings.TrimSpace(before) != "" {
			for _, i := range open {
				i.first, i.last = number, number
			}
			open = nil
		}
		offset += len(line)
	}
	return out
}

// parseIgnore reads a comment; nil for any other.
func parseIgnore(comment string) *ignore {
	rest, ok := strings.CutPrefix(strings.TrimLeft(comment, "# \t"), mark)
	if !ok {
		return nil
	}
	words := strings.Fields(rest)
	i := &ignore{}
	if len(words) > 0 {
		i.slug, i.reason = words[0], strings.Join(words[1:], " ")
	}
	return i
}
