package report

import (
	"embed"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/probe"
)

//go:embed assets/report.html.tmpl assets/report.css
var assets embed.FS

// HTMLOptions say what the page tells besides the runs.
type HTMLOptions struct {
	// Made is when the runs ended; the zero time is not told.
	Made time.Time
	// Source gives a file's text for the lines that findings are about; nil, or a
	// nil result, draws none.
	Source func(path string) []byte
}

// htmlPage is what the template draws.
type htmlPage struct {
	Style    template.CSS
	Verdict  verdict
	Chips    []string
	Failures []card
	Table    overview
	Matrices []matrixView
	Walks    []walkView
	Left     string
	Made     string
}

// WriteHTML writes the runs as one page that needs nothing but itself: what failed,
// with the mend, and a picture of where; then the isolation matrix, and every
// walk with its requests drawn over time. It asks nobody for anything, runs no
// script, and can be read, printed and walked through with a keyboard.
func WriteHTML(w io.Writer, f probe.Fleet, opts HTMLOptions) error {
	style, err := assets.ReadFile("assets/report.css")
	if err != nil {
		return err
	}
	funcs := template.FuncMap{"show": finding.Printable, "parts": parts, "breakable": breakable}
	tmpl, err := template.New("report.html.tmpl").Funcs(funcs).ParseFS(assets, "assets/report.html.tmpl")
	if err != nil {
		return err
	}
	return tmpl.Execute(w, page(f, template.CSS(style), opts))
}

// breakable lets a narrow field end a line within a module's name.
func breakable(text string) template.HTML {
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(finding.Printable(text)), "_", "_<wbr>"))
}

func page(f probe.Fleet, style template.CSS, opts HTMLOptions) htmlPage {
	return htmlPage{
		Style: style, Verdict: verdictOf(f), Chips: chips(f), Failures: cards(f, opts), Table: overviewOf(f),
		Matrices: matrices(f), Walks: walkViews(f), Left: left(f), Made: date(opts.Made),
	}
}
