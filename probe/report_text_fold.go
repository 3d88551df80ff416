package probe

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"
)

// foldFrom is how many walks, one for each provider at each controller, are too
// many for a screen.
const foldFrom = 5

func (f Fleet) walks() int {
	n := 0
	for _, r := range f {
		n += len(r.Providers)
	}
	return n
}

// folded draws one line a provider, with a column for each controller, and then
// what did not pass.
func (f Fleet) folded(b *strings.Builder, opts TextOptions) {
	b.WriteString(f.table(opts))
	for _, failure := range f.failures() {
		b.WriteString("\n")
		failure.text(b, opts)
	}
	for _, r := range f {
		if len(r.Isolation) > 0 {
			if r.Controller != "" {
				fmt.Fprintf(b, "\n== controller %s", r.Controller)
			}
			r.matrix(b, opts)
		}
	}
}

// failure is one diagnosis, and the controllers at which it is the same.
type failure struct {
	Provider Provider
	Step     *Step
	At       []string // names of controllers; "" is the public address
}

// failures gives what ended the walks that did not pass, in order, failed ones
// before unproven ones. What is the same at several controllers is told once.
func (f Fleet) failures() []failure {
	var out []failure
	for _, r := range f {
		for _, p := range r.Providers {
			s := p.first()
			if s == nil {
				continue
			}
			same := slices.IndexFunc(out, func(o failure) bool { return o.Provider.ID == p.ID && o.Step.alike(s) })
			if same < 0 {
				out = append(out, failure{Provider: p, Step: s})
				same = len(out) - 1
			}
			out[same].At = append(out[same].At, r.Controller)
		}
	}
	slices.SortStableFunc(out, func(a, b failure) int { return count(a.Step.Verdict == Skip) - count(b.Step.Verdict == Skip) })
	return out
}

func (s *Step) alike(other *Step) bool {
	return s.Name == other.Name && s.Verdict == other.Verdict && s.Status == other.Status &&
		s.AnsweredBy == other.AnsweredBy && s.Cause == other.Cause && s.Mend == other.Mend
}

// Where names the controllers of a failure; "" for the public address.
func (f failure) Where() string {
	if names := strings.Join(f.At, ", "); names != "" {
		return " at " + names
	}
	return ""
}

func (f failure) text(b *strings.Builder, opts TextOptions) {
	if f.Step.Verdict == Skip {
		fmt.Fprintf(b, "%s (%s)%s %s: %s was skipped\n", f.Provider.ID, f.Provider.Issuer, f.Where(), opts.paint("not proven", color.FgYellow), f.Step.Name)
		opts.details(b, f.Step.Cause, "")
		return
	}
	b.WriteString(f.Provider.heading(f.Where(), opts))
	opts.details(b, f.Step.tagged(), f.Step.Mend)
	f.Step.evidence(b, opts)
}

// table draws the providers against the controllers.
func (f Fleet) table(opts TextOptions) string {
	rows := [][]string{{"identity provider"}}
	for _, r := range f {
		rows[0] = append(rows[0], r.Controller)
	}
	for _, id := range f.ids() {
		row := []string{id}
		for _, r := range f {
			row = append(row, r.ended(id))
		}
		rows = append(rows, row)
	}
	if len(f) == 1 && f[0].Controller == "" {
		rows = rows[1:]
	}
	return opts.columns(rows)
}

// ids gives the providers' names, each once, in the order of the runs.
func (f Fleet) ids() []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range f {
		for _, p := range r.Providers {
			if !seen[p.ID] {
				out = append(out, p.ID)
			}
			seen[p.ID] = true
		}
	}
	return out
}

// ended says in few words how a provider's walk ended.
func (r Result) ended(id string) string {
	i := slices.IndexFunc(r.Providers, func(p Provider) bool { return p.ID == id })
	if i < 0 {
		return ""
	}
	p := r.Providers[i]
	switch s := p.first(); {
	case s == nil:
		return fmt.Sprintf("ok   %d steps, %d ms", len(p.Steps), p.took().Milliseconds())
	case s.Verdict == Skip:
		return "skip " + s.Name
	default:
		return strings.TrimSpace("FAIL " + s.Name + " " + s.answer())
	}
}

// columns lays rows out; marks are coloured after that, as colours have no width.
func (o TextOptions) columns(rows [][]string) string {
	var widths []int
	for _, row := range rows {
		for i, text := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], runewidth.StringWidth(text))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := ""
		for i, text := range row {
			line += "  " + o.begun(text) + strings.Repeat(" ", widths[i]-runewidth.StringWidth(text))
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// begun colours the mark that a text begins with.
func (o TextOptions) begun(text string) string {
	for verdict, mark := range map[Verdict]string{Pass: "ok  ", Fail: "FAIL", Skip: "skip"} {
		if rest, ok := strings.CutPrefix(text, mark+" "); ok {
			return o.mark(verdict) + " " + rest
		}
	}
	return text
}
