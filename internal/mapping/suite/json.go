package suite

import (
	"encoding/json"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// jsonReport is a report as the command line's contract has it.
type jsonReport struct {
	Version  int           `json:"version"`
	Tests    []jsonResult  `json:"tests"`
	Coverage *jsonCoverage `json:"coverage,omitempty"`
}

type jsonResult struct {
	IdentityProvider string   `json:"identity_provider"`
	Name             string   `json:"name"`
	OK               bool     `json:"ok"`
	Differences      []string `json:"differences,omitempty"`
	Why              string   `json:"why,omitempty"`
	DurationMS       float64  `json:"duration_ms"`
	jsonPlace
}

type jsonPlace struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type jsonCoverage struct {
	Percent  float64       `json:"percent"`
	Reached  int           `json:"reached"`
	Of       int           `json:"of"`
	Mappings []jsonMapping `json:"mappings"`
	Gaps     []jsonGap     `json:"gaps"`
}

type jsonMapping struct {
	Mapping string     `json:"mapping"`
	Rules   []jsonRule `json:"rules"`
}

type jsonRule struct {
	Number  int               `json:"number"`
	Held    int               `json:"held"`
	Stopped int               `json:"stopped"`
	Raised  int               `json:"raised"`
	Remote  []jsonRequirement `json:"remote"`
	Local   []jsonLocal       `json:"local"`
	jsonPlace
}

type jsonRequirement struct {
	Type    string `json:"type"`
	Kind    string `json:"kind"`
	Asks    string `json:"asks"`
	Passed  int    `json:"passed"`
	Stopped int    `json:"stopped"`
	Sure    bool   `json:"sure"` // it stops nobody
	jsonPlace
}

type jsonLocal struct {
	Given int `json:"given"`
	jsonPlace
}

type jsonGap struct {
	Message string `json:"message"`
	jsonPlace
}

// JSON gives the report as one object of version 1.
func (r Report) JSON(coverage bool) ([]byte, error) {
	out := jsonReport{Version: 1, Tests: []jsonResult{}}
	for _, one := range r.Results {
		out.Tests = append(out.Tests, jsonOf(one))
	}
	if coverage {
		out.Coverage = r.Coverage.json()
	}
	text, err := json.MarshalIndent(out, "", "  ")
	return append(text, '\n'), err
}

func jsonOf(r Result) jsonResult {
	out := jsonResult{
		IdentityProvider: r.Suite.IdP, Name: r.Test.Name.Value, OK: r.OK(), Why: r.Why,
		DurationMS: float64(r.Took) / float64(time.Millisecond), jsonPlace: placeOf(r.Test.At),
	}
	for _, d := range r.Differences {
		out.Differences = append(out.Differences, d.Text)
	}
	return out
}

func placeOf(at finding.Range) jsonPlace {
	return jsonPlace{at.Path, at.Start.Line, at.Start.Column}
}

func (c Coverage) json() *jsonCoverage {
	out := &jsonCoverage{Percent: c.Percent(), Mappings: []jsonMapping{}, Gaps: []jsonGap{}}
	out.Reached, out.Of = c.Reached()
	for _, m := range c.Mappings {
		one := jsonMapping{Mapping: m.Mapping, Rules: []jsonRule{}}
		for _, r := range m.Rules {
			one.Rules = append(one.Rules, r.json())
		}
		out.Mappings = append(out.Mappings, one)
	}
	for _, gap := range c.Gaps() {
		out.Gaps = append(out.Gaps, jsonGap{gap.Text, placeOf(gap.At)})
	}
	return out
}

func (r RuleCoverage) json() jsonRule {
	out := jsonRule{Number: r.Number, Held: r.Held, Stopped: r.Stopped, Raised: r.Raised, jsonPlace: placeOf(r.At), Remote: []jsonRequirement{}, Local: []jsonLocal{}}
	for _, q := range r.Remote {
		out.Remote = append(out.Remote, jsonRequirement{q.Type, string(q.Kind), q.Asks, q.Passed, q.Stopped, q.Sure, placeOf(q.At)})
	}
	for _, l := range r.Local {
		out.Local = append(out.Local, jsonLocal{l.Given, placeOf(l.At)})
	}
	return out
}
