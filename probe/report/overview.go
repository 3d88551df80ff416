package report

import (
	"fmt"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// overview is the table of all providers against all controllers.
type overview struct {
	Controllers []string // names; "" is the public address
	Rows        []overviewRow
}

type overviewRow struct {
	ID    string
	Cells []overviewCell
}

// overviewCell says how one walk ended. Bar tells when it was under way.
type overviewCell struct {
	Walk    string // where the page draws it; "" where there was none
	Verdict probe.Verdict
	Text    string
	Bar     bar
}

func overviewOf(f probe.Fleet) overview {
	out := overview{}
	places := map[string]int{}
	for _, id := range ids(f) {
		places[id] = len(out.Rows)
		out.Rows = append(out.Rows, overviewRow{ID: id, Cells: make([]overviewCell, len(f))})
	}
	whole := longest(f)
	for i, r := range f {
		out.Controllers = append(out.Controllers, r.Controller)
		for j, p := range r.Providers {
			cell := overviewCellOf(p, whole)
			cell.Walk = walkAnchor(i, j)
			out.Rows[places[p.ID]].Cells[i] = cell
		}
	}
	return out
}

func overviewCellOf(p probe.Provider, whole time.Duration) overviewCell {
	out := overviewCell{Verdict: probe.Pass, Text: short(p.Took())}
	if len(p.Steps) > 0 {
		out.Bar = newBar(p.Steps[0].Start, p.Ended(), whole)
	}
	if s := p.Decisive(); s != nil {
		out.Verdict, out.Text = s.Verdict, s.Name
	}
	return out
}

func walkAnchor(run, provider int) string { return fmt.Sprintf("w%d-%d", run, provider) }
