package probe

import (
	"fmt"
	"time"
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
	Verdict Verdict
	Text    string
	Bar     bar
}

func (f Fleet) overview() overview {
	out := overview{}
	places := map[string]int{}
	for _, id := range f.ids() {
		places[id] = len(out.Rows)
		out.Rows = append(out.Rows, overviewRow{ID: id, Cells: make([]overviewCell, len(f))})
	}
	whole := f.took()
	for i, r := range f {
		out.Controllers = append(out.Controllers, r.Controller)
		for j, p := range r.Providers {
			cell := p.overview(whole)
			cell.Walk = walkAnchor(i, j)
			out.Rows[places[p.ID]].Cells[i] = cell
		}
	}
	return out
}

func (p Provider) overview(whole time.Duration) overviewCell {
	out := overviewCell{Verdict: Pass, Text: short(p.took())}
	if len(p.Steps) > 0 {
		out.Bar = newBar(p.Steps[0].Start, p.ended(), whole)
	}
	if s := p.first(); s != nil {
		out.Verdict, out.Text = s.Verdict, s.Name
	}
	return out
}

func walkAnchor(run, provider int) string { return fmt.Sprintf("w%d-%d", run, provider) }
