package probe

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

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
