package finding

import (
	"encoding/json"
	"io"
)

// jsonFinding is a finding as the command line's contract has it.
type jsonFinding struct {
	Slug      string        `json:"slug"`
	Severity  string        `json:"severity"`
	Message   string        `json:"message"`
	Hint      string        `json:"hint,omitempty"`
	Path      string        `json:"path"`
	Line      int           `json:"line"`
	Column    int           `json:"column"`
	EndLine   int           `json:"end_line"`
	EndColumn int           `json:"end_column"`
	Related   []jsonRelated `json:"related,omitempty"`
	Fix       *jsonFix      `json:"fix,omitempty"`
}

type jsonFix struct {
	Title string     `json:"title"`
	Edits []jsonEdit `json:"edits"`
}

// jsonEdit has its place twice: bytes for who applies it, lines for who reads it.
type jsonEdit struct {
	Path      string `json:"path"`
	StartByte int    `json:"start_byte"`
	EndByte   int    `json:"end_byte"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Text      string `json:"text"`
}

type jsonRelated struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type jsonReport struct {
	Version  int           `json:"version"`
	Findings []jsonFinding `json:"findings"`
	Summary  jsonSummary   `json:"summary"`
}

type jsonSummary struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
	Files    int `json:"files"`
}

// WriteJSON writes the list as one JSON object of version 1. files is the number
// of files that were read.
func WriteJSON(w io.Writer, list List, files int) error {
	report := jsonReport{Version: 1, Findings: []jsonFinding{}, Summary: summary(list, files)}
	for _, f := range list {
		report.Findings = append(report.Findings, toJSON(f))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(report)
}

func summary(list List, files int) jsonSummary {
	count := map[Severity]int{}
	for _, f := range list {
		count[f.Severity]++
	}
	return jsonSummary{Errors: count[Error], Warnings: count[Warning], Infos: count[Info], Files: files}
}

func toJSON(f Finding) jsonFinding {
	out := jsonFinding{
		Slug: f.Slug, Severity: f.Severity.String(), Message: f.Message, Hint: f.Hint,
		Path: f.At.Path, Line: f.At.Start.Line, Column: f.At.Start.Column,
		EndLine: f.At.End.Line, EndColumn: f.At.End.Column,
	}
	for _, r := range f.Related {
		out.Related = append(out.Related, jsonRelated{Path: r.At.Path, Line: r.At.Start.Line, Column: r.At.Start.Column, Message: r.Message})
	}
	if f.Fix != nil {
		out.Fix = f.Fix.toJSON()
	}
	return out
}

func (f *Fix) toJSON() *jsonFix {
	out := &jsonFix{Title: f.Title, Edits: []jsonEdit{}}
	for _, e := range f.Edits {
		out.Edits = append(out.Edits, jsonEdit{
			Path: e.At.Path, StartByte: e.At.Start.Byte, EndByte: e.At.End.Byte,
			Line: e.At.Start.Line, Column: e.At.Start.Column, EndLine: e.At.End.Line, EndColumn: e.At.End.Column,
			Text: e.Text,
		})
	}
	return out
}
