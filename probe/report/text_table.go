package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/probe"
)

// table draws the providers against the controllers.
func table(f probe.Fleet, opts TextOptions) string {
	rows := [][]string{{"identity provider"}}
	for _, r := range f {
		rows[0] = append(rows[0], r.Controller)
	}
	for _, id := range ids(f) {
		row := []string{id}
		for _, r := range f {
			row = append(row, inShort(r, id))
		}
		rows = append(rows, row)
	}
	if len(f) == 1 && f[0].Controller == "" {
		rows = rows[1:]
	}
	return opts.columns(rows)
}

// ids gives the providers' names, each once, in the order of the runs.
func ids(f probe.Fleet) []string {
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

// inShort says in few words how a provider's walk ended.
func inShort(r probe.Result, id string) string {
	i := slices.IndexFunc(r.Providers, func(p probe.Provider) bool { return p.ID == id })
	if i < 0 {
		return ""
	}
	p := r.Providers[i]
	switch s := p.Decisive(); {
	case s == nil:
		return fmt.Sprintf("ok   %d steps, %d ms", len(p.Steps), p.Took().Milliseconds())
	case s.Verdict == probe.Skip:
		return "skip " + s.Name
	default:
		return strings.TrimSpace("FAIL " + s.Name + " " + stepAnswer(s))
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
	for verdict, mark := range map[probe.Verdict]string{probe.Pass: "ok  ", probe.Fail: "FAIL", probe.Skip: "skip"} {
		if rest, ok := strings.CutPrefix(text, mark+" "); ok {
			return o.mark(verdict) + " " + rest
		}
	}
	return text
}
