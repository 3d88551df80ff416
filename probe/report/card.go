package report

import (
	"encoding/base64"
	"html/template"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/probe"
)

// card is one diagnosis on the page.
type card struct {
	failure
	Number int
	Flow   flow
	Blame  string       // findings with their source lines; "" without
	Shot   template.URL // the screenshot, as a data URL; "" without
}

// Failed reports whether the card tells a failure; else steps were skipped.
func (c card) Failed() bool { return c.Step.Verdict == probe.Fail }

// Words say who refused.
func (c card) Words() string { return refusal(c.Step) }

// Critical reports whether the page has a cell to be told before anything else.
func (p htmlPage) Critical() bool {
	return slices.ContainsFunc(p.Matrices, func(m matrixView) bool { return len(m.Wrong) > 0 && m.Wrong[0].Critical })
}

// Wrong reports whether the page has something to mend.
func (p htmlPage) Wrong() bool {
	return len(p.Failures) > 0 || slices.ContainsFunc(p.Matrices, func(m matrixView) bool { return len(m.Wrong) > 0 })
}

func cards(f probe.Fleet, opts HTMLOptions) []card {
	var out []card
	for i, one := range failures(f) {
		out = append(out, card{failure: one, Number: i + 1, Flow: flowOf(one.Provider), Blame: blame(one.Step, opts), Shot: shot(one.Step.Screenshot)})
	}
	return out
}

func blame(s *probe.Step, opts HTMLOptions) string {
	var b strings.Builder
	_ = finding.WriteText(&b, s.Findings, finding.TextOptions{Source: opts.Source}) // a strings.Builder never fails
	return strings.TrimRight(b.String(), "\n")
}

// shot makes a PNG a part of the page.
func shot(png []byte) template.URL {
	if len(png) == 0 {
		return ""
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
}

// part is a piece of a cause or mend on the page: code for a block of its own, or
// prose with code in it.
type part struct {
	Block string
	Spans []span
}

type span struct {
	Text string
	Code bool
}

// parts cuts a text as wrap does, so that both reports break at the same places.
func parts(text string) []part {
	var out []part
	for _, c := range chunks(finding.PrintableLines(text)) {
		var words []string
		for _, a := range c.Words {
			words = append(words, a.Text)
		}
		out = append(out, part{c.Paste, spans(strings.Join(words, " "))})
	}
	return out
}

// spans turns what stands between backticks into code.
func spans(text string) []span {
	pieces := strings.Split(text, "`")
	if len(pieces)%2 == 0 {
		return []span{{Text: text}}
	}
	var out []span
	for i, piece := range pieces {
		if piece != "" {
			out = append(out, span{piece, i%2 == 1})
		}
	}
	return out
}
