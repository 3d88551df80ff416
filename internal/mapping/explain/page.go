package explain

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

//go:embed page.html.tmpl page.css
var sources embed.FS

// page is what the template of the HTML report draws.
type page struct {
	Report
	Verdict     verdict
	Title       string
	Style       template.CSS
	Chips       []string
	Notes       []string
	Picture     *picture
	Left, Right []curve
	Rail        []curve
	End         pair
	Steps       []step
	Asides      []string
	Full        []fullRule
	Environment []row
	Open        bool
	Mapped      string

	RailWidth, GutterWidth, BoxHeight, EndHeight, HeadHeight int
}

// pair is a word and what stands for it; Plain is text, not code.
type pair struct {
	Key, Text string
	Plain     bool
}

// row is a line of the environment's table.
type row struct {
	Variable
	Unread bool
}

// WriteHTML writes the report as one page: a picture of which claim flowed
// through which rule into what, Keystone's next steps, and everything in full.
// The page needs nothing but itself.
func (r Report) WriteHTML(w io.Writer) error {
	tmpl, err := template.ParseFS(sources, "page.html.tmpl")
	if err != nil {
		return err
	}
	p, err := r.page()
	if err != nil {
		return err
	}
	return tmpl.Execute(w, p)
}

func (r Report) page() (page, error) {
	style, err := sources.ReadFile("page.css")
	if err != nil {
		return page{}, err
	}
	mapped, err := mappedJSON(r.Explanation.Mapped)
	drawn := r.draw()
	return page{
		Report: r, Verdict: r.verdict(), Title: finding.Printable(r.Mapping), Style: template.CSS(style), Chips: strings.Split(r.about(), ", "), Notes: printable(r.Notes),
		Picture: drawn, Left: drawn.gutter(0), Right: drawn.gutter(1), Rail: drawn.rail(), End: r.end(),
		Steps: r.steps(), Asides: r.asides(), Full: r.full(), Open: !r.OK(), Environment: r.table(), Mapped: mapped,
		RailWidth: railWidth, GutterWidth: gutterWidth, BoxHeight: boxHeight, EndHeight: endHeight, HeadHeight: headHeight,
	}, err
}

func mappedJSON(m *engine.Mapped) (string, error) {
	if m == nil {
		return "", nil
	}
	text, err := json.MarshalIndent(m, "", "  ")
	return finding.PrintableLines(claims.Shown(string(text))), err
}

// end says how a login ended that gave nothing.
func (r Report) end() pair {
	out := r.Explanation.Outcome
	switch {
	case r.Refused != nil:
		return pair{Key: "401", Text: finding.Printable(r.Refused.By + ": " + r.Refused.Reason)}
	case out.Error != nil:
		return pair{Key: fmt.Sprint(out.Error.Status), Text: out.Error.Class + ": " + finding.Printable(out.Error.Message)}
	case out.Undecidable != nil:
		return pair{Key: "?", Text: finding.Printable(out.Undecidable.Reason)}
	}
	return pair{}
}

func (r Report) table() []row {
	unread := map[string]bool{}
	for _, v := range r.unread() {
		unread[v.Name] = true
	}
	out := make([]row, len(r.Environment))
	for i, v := range r.Environment {
		out[i] = row{Variable{finding.Printable(v.Name), finding.Printable(claims.Shown(v.Value)), finding.Printable(v.Claim), finding.Printable(v.Note), v.Missing}, unread[v.Name]}
	}
	return out
}
