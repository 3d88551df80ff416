package finding

import (
	"fmt"
	"io"
	"strings"
)

// WriteGitHub writes each finding as a workflow command of GitHub Actions, which
// draws it at the line of a pull request:
// `::error file=F,line=1,endLine=1,col=2,title=slug::message`. GitHub shows the
// first ten of each severity of a step.
func WriteGitHub(w io.Writer, list List) error {
	for _, f := range list {
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", githubCommand(f.Severity), githubProperties(f), githubData(githubText(f))); err != nil {
			return err
		}
	}
	return nil
}

func githubCommand(s Severity) string {
	switch s {
	case Error, Warning:
		return s.String()
	default:
		return "notice"
	}
}

// githubProperties says where the finding is. A column may be told for a range
// within one line only.
func githubProperties(f Finding) string {
	var parts []string
	if f.At.Path != "" {
		parts = append(parts, "file="+githubProperty(f.At.Path))
	}
	if f.At.Path != "" && f.At.Start.Known() {
		first, last := f.At.Start.Line, lastLine(f.At)
		parts = append(parts, fmt.Sprintf("line=%d,endLine=%d", first, last))
		if first == last {
			parts = append(parts, fmt.Sprintf("col=%d", max(1, f.At.Start.Column)))
		}
	}
	return strings.Join(append(parts, "title="+githubProperty(f.Slug)), ",")
}

// lastLine gives the line of the last character of a range.
func lastLine(at Range) int {
	last := at.End.Line
	if at.End.Column <= 1 {
		last--
	}
	return max(at.Start.Line, last)
}

// githubText gives the message with its hint, and below it the related places.
func githubText(f Finding) string {
	var b strings.Builder
	b.WriteString(withHint(f))
	for _, r := range f.Related[:min(mostRelated, len(f.Related))] {
		fmt.Fprintf(&b, "\n%s: note: %s", r.At, Printable(r.Message))
	}
	return b.String()
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// githubData escapes what follows `::`, as the runner takes it back.
func githubData(s string) string { return dataEscapes.Replace(s) }

// githubProperty escapes a property's value.
func githubProperty(s string) string { return propertyEscapes.Replace(Printable(s)) }
