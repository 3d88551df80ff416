package report

import (
	"encoding/json"
	"io"

	"github.com/fedstone/fedstone/probe"
)

type jsonResult struct {
	Version   int            `json:"version"`
	OK        bool           `json:"ok"`
	Runs      []jsonRun      `json:"runs"`
	Providers []jsonProvider `json:"identity_providers"`
	Isolation []jsonCell     `json:"isolation"`
}

// jsonRun is one target: a controller, or "" for the public address.
type jsonRun struct {
	Controller  string `json:"controller"`
	OK          bool   `json:"ok"`
	Unreachable bool   `json:"unreachable"`
	Stopped     string `json:"stopped"`
}

type jsonProvider struct {
	Controller string     `json:"controller,omitempty"`
	ID         string     `json:"id"`
	Issuer     string     `json:"issuer"`
	Protocol   string     `json:"protocol"`
	OK         bool       `json:"ok"`
	User       string     `json:"user"`
	Projects   []string   `json:"projects"`
	Shadows    []string   `json:"shadow_users"`
	Steps      []jsonStep `json:"steps"`
	Seen       jsonSeen   `json:"seen"`
}

type jsonCell struct {
	Controller string        `json:"controller,omitempty"`
	Kind       string        `json:"kind"`
	Token      string        `json:"token"`
	Provider   string        `json:"identity_provider"`
	Door       string        `json:"path"`
	Path       string        `json:"url_path"`
	When       string        `json:"when"`
	Expected   string        `json:"expected"`
	Status     int           `json:"status"`
	AnsweredBy string        `json:"answered_by"`
	Verdict    probe.Verdict `json:"verdict"`
	Critical   bool          `json:"critical,omitempty"`
	Symptom    string        `json:"symptom,omitempty"`
	Cause      string        `json:"cause,omitempty"`
	Mend       string        `json:"mend,omitempty"`
}

// WriteJSON writes the runs as one JSON object of version 1.
func WriteJSON(w io.Writer, f probe.Fleet) error {
	out := jsonResult{Version: 1, OK: f.OK(), Runs: []jsonRun{}, Providers: []jsonProvider{}, Isolation: []jsonCell{}}
	for _, r := range f {
		out.Runs = append(out.Runs, jsonRun{r.Controller, r.OK(), r.Unreachable, r.Stopped})
		for _, p := range r.Providers {
			out.Providers = append(out.Providers, jsonWalk(p, r.Controller))
		}
		for _, c := range r.Isolation {
			out.Isolation = append(out.Isolation, jsonCellOf(c, r.Controller))
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func jsonWalk(p probe.Provider, controller string) jsonProvider {
	out := jsonProvider{
		Controller: controller, ID: p.ID, Issuer: p.Issuer, Protocol: p.Protocol, OK: p.OK(), User: p.User,
		Projects: append([]string{}, p.Projects...), Shadows: append([]string{}, p.Shadows...), Steps: []jsonStep{}, Seen: jsonSeenOf(p.Seen),
	}
	for i := range p.Steps {
		out.Steps = append(out.Steps, jsonStepOf(&p.Steps[i]))
	}
	return out
}

func jsonCellOf(c probe.Cell, controller string) jsonCell {
	return jsonCell{
		Controller: controller, Kind: c.Kind, Token: c.Token, Provider: c.Provider, Door: c.Door, Path: c.Path, When: c.When, Expected: c.Want, Status: c.Status,
		AnsweredBy: string(c.AnsweredBy), Verdict: c.Verdict, Critical: c.Critical, Symptom: c.Symptom, Cause: c.Cause, Mend: c.Mend,
	}
}
