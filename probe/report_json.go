package probe

import (
	"encoding/json"
	"io"
)

type jsonResult struct {
	Version   int            `json:"version"`
	OK        bool           `json:"ok"`
	Providers []jsonProvider `json:"identity_providers"`
	Isolation []jsonCell     `json:"isolation"`
}

type jsonProvider struct {
	Controller string     `json:"controller,omitempty"`
	ID         string     `json:"id"`
	Issuer     string     `json:"issuer"`
	Protocol   string     `json:"protocol"`
	OK         bool       `json:"ok"`
	User       string     `json:"user"`
	Projects   []string   `json:"projects"`
	Steps      []jsonStep `json:"steps"`
}

type jsonStep struct {
	Name       string   `json:"name"`
	Verdict    Verdict  `json:"verdict"`
	Status     int      `json:"status"`
	AnsweredBy string   `json:"answered_by"`
	Cause      string   `json:"cause"`
	Mend       string   `json:"mend"`
	Evidence   []string `json:"evidence,omitempty"`
	DurationMS int64    `json:"duration_ms"`
}

type jsonCell struct {
	Controller string  `json:"controller,omitempty"`
	Token      string  `json:"token"`
	Provider   string  `json:"identity_provider"`
	Door       string  `json:"path"`
	Path       string  `json:"url_path"`
	When       string  `json:"when"`
	Expected   string  `json:"expected"`
	Status     int     `json:"status"`
	AnsweredBy string  `json:"answered_by"`
	Verdict    Verdict `json:"verdict"`
	Critical   bool    `json:"critical,omitempty"`
	Cause      string  `json:"cause,omitempty"`
	Mend       string  `json:"mend,omitempty"`
}

// WriteJSON writes the runs as one JSON object of version 1.
func (f Fleet) WriteJSON(w io.Writer) error {
	out := jsonResult{Version: 1, OK: f.OK(), Providers: []jsonProvider{}, Isolation: []jsonCell{}}
	for _, r := range f {
		for _, p := range r.Providers {
			one := p.json()
			one.Controller = r.Controller
			out.Providers = append(out.Providers, one)
		}
		for _, c := range r.Isolation {
			one := c.json()
			one.Controller = r.Controller
			out.Isolation = append(out.Isolation, one)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func (p Provider) json() jsonProvider {
	out := jsonProvider{ID: p.ID, Issuer: p.Issuer, Protocol: p.Protocol, OK: p.OK(), User: p.User, Projects: append([]string{}, p.Projects...), Steps: []jsonStep{}}
	for _, s := range p.Steps {
		out.Steps = append(out.Steps, jsonStep{
			Name: s.Name, Verdict: s.Verdict, Status: s.Status, AnsweredBy: s.who(),
			Cause: s.Cause, Mend: s.Mend, Evidence: s.Notes, DurationMS: s.Took.Milliseconds(),
		})
	}
	return out
}

// who is "none" where no request decided.
func (s Step) who() string {
	if s.AnsweredBy == "" {
		return "none"
	}
	return string(s.AnsweredBy)
}

func (c Cell) json() jsonCell {
	return jsonCell{
		Token: c.Token, Provider: c.Provider, Door: c.Door, Path: c.Path, When: c.When, Expected: c.Want, Status: c.Status,
		AnsweredBy: string(c.AnsweredBy), Verdict: c.Verdict, Critical: c.Critical, Cause: c.Cause, Mend: c.Mend,
	}
}
