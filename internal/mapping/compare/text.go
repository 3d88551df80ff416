package compare

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// WriteText writes the result for people. a and b are what the mappings are
// called, such as their paths.
func (r Result) WriteText(w io.Writer, a, b string) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n  A  %s\n  B  %s\n", r.verdict(), finding.Printable(a), finding.Printable(b))
	for _, d := range r.Differences {
		d.write(&out)
	}
	fmt.Fprintf(&out, "\n%s\n", r.Searched)
	for _, doubt := range r.Doubts {
		fmt.Fprintf(&out, "not decided: %s\n", finding.Printable(doubt))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func (r Result) verdict() string {
	switch {
	case len(r.Differences) == 1:
		return "the mappings differ in 1 way"
	case len(r.Differences) > 1:
		return fmt.Sprintf("the mappings differ in %d ways, the most dangerous first", len(r.Differences))
	case r.Searched.All && len(r.Doubts) == 0:
		return "no difference: every combination of the values that the rules tell apart gives the same"
	}
	return "no difference found, which is not the same as none: not everything was tried, or decided"
}

// says tells what a kind means.
func (k Kind) says() string {
	return map[Kind]string{
		Admits:  "B lets in somebody whom A refuses",
		Gains:   "B gives groups or projects that A does not give",
		User:    "B makes another user of the same person",
		Loses:   "B does not give groups or projects that A gives",
		Refuses: "B refuses somebody whom A lets in",
		Fails:   "both refuse, each in another way",
	}[k]
}

func (d Difference) write(out *strings.Builder) {
	fmt.Fprintf(out, "\n%s: %s\n", d.Kind, d.Kind.says())
	width := 0
	for name := range d.Environment {
		width = max(width, len(name))
	}
	for _, name := range slices.Sorted(maps.Keys(d.Environment)) {
		fmt.Fprintf(out, "  %-*s = %q\n", width, finding.Printable(name), d.Environment[name])
	}
	if len(d.Environment) == 0 {
		out.WriteString("  (no claims at all)\n")
	}
	fmt.Fprintf(out, "  A  %s\n  B  %s\n", told(d.A, d.RulesA), told(d.B, d.RulesB))
	fmt.Fprintf(out, "  as CLAIMS for fedstone map: %s\n", finding.Printable(claims(d.Environment)))
}

// told writes an outcome on one line.
func told(o engine.Outcome, rules []int) string {
	switch {
	case o.Undecidable != nil:
		return "undecidable: " + finding.Printable(o.Undecidable.Reason)
	case o.Error != nil:
		return finding.Printable(fmt.Sprintf("%s%d %s: %s", numbers(rules), o.Error.Status, o.Error.Class, o.Error.Message))
	}
	return finding.Printable(numbers(rules) + granted(o.Mapped))
}

func numbers(rules []int) string {
	var out []string
	for _, n := range rules {
		out = append(out, fmt.Sprint(n))
	}
	switch len(out) {
	case 0:
		return ""
	case 1:
		return "rule " + out[0] + ": "
	}
	return "rules " + strings.Join(out, ", ") + ": "
}

// String says what was tried.
func (s Searched) String() string {
	var types []string
	for _, t := range s.Types {
		types = append(types, fmt.Sprintf("%s (%d)", finding.Printable(t.Name), t.Classes))
	}
	what := fmt.Sprintf("%d of %d combinations", s.Logins, s.Combinations)
	if s.All {
		what = fmt.Sprintf("all %d combinations", s.Combinations)
	}
	return fmt.Sprintf("tried %s of: absent, one value, two values, of each class of values: %s", what, strings.Join(types, ", "))
}
