package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/curl"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// answerReport is what is told of an answer. Fields may be added to its JSON.
type answerReport struct {
	Version    int                 `json:"version"`
	Request    string              `json:"request"` // "" = not said
	Status     int                 `json:"status"`
	AnsweredBy keystone.AnsweredBy `json:"answered_by"`
	Before     []beforeReport      `json:"before,omitempty"`
	Symptoms   []symptomReport     `json:"symptoms"`
	Evidence   []string            `json:"evidence,omitempty"`

	names symptom.Names
}

// beforeReport is an answer that came before the last one.
type beforeReport struct {
	Status     int                 `json:"status"`
	AnsweredBy keystone.AnsweredBy `json:"answered_by"`
	To         string              `json:"redirects_to,omitempty"`
}

// symptomReport is a cause that the answer leaves.
type symptomReport struct {
	Slug       string              `json:"symptom"`
	AnsweredBy keystone.AnsweredBy `json:"answered_by"`
	If         string              `json:"if,omitempty"`
	Cause      string              `json:"cause"`
	Mend       string              `json:"mend"`
	Rules      []string            `json:"rules,omitempty"`
	Asks       []askReport         `json:"asks,omitempty"`
}

// askReport is a question that decides, and the answer for which it holds.
type askReport struct {
	Curl  []string `json:"curl"` // one of them has to be answered so
	Holds string   `json:"holds_if_answer_is"`
}

func (r answerReport) symptom(p symptom.Possible) symptomReport {
	s := symptomReport{Slug: p.Slug, AnsweredBy: p.AnsweredBy, If: p.If, Cause: p.Cause, Mend: p.Mend, Rules: p.Rules}
	for _, a := range p.Asks {
		s.Asks = append(s.Asks, askReport{r.lines(a.Questions), a.Holds})
	}
	return s
}

// lines writes questions for a shell, each once.
func (r answerReport) lines(all []symptom.Question) (lines []string) {
	for _, q := range all {
		if line := curl.Line(q.Method, q.URL(r.names.Keystone), q.Header, q.Body); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func (r answerReport) writeJSON(w io.Writer) error {
	if r.Symptoms == nil {
		r.Symptoms = []symptomReport{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

func (r answerReport) writeText(w io.Writer) error {
	var b strings.Builder
	for _, one := range r.Before {
		fmt.Fprintf(&b, "before    %d of %s%s\n", one.Status, one.AnsweredBy, prefixed(", to ", one.To))
	}
	fmt.Fprintf(&b, "answer    %d of %s", r.Status, r.AnsweredBy)
	if r.Request == "" {
		b.WriteString("; what was asked is not known (--request)")
	} else {
		b.WriteString(" to " + r.Request)
	}
	b.WriteString("\n")
	for _, line := range r.Evidence {
		fmt.Fprintf(&b, "evidence  %s\n", line)
	}
	if len(r.Symptoms) == 0 {
		b.WriteString("\nno symptom fits; read the logs of httpd and Keystone for this request\n")
	}
	for i, s := range r.Symptoms {
		s.writeText(&b, i, len(r.Symptoms))
	}
	_, err := io.WriteString(w, finding.PrintableLines(new(secret.Redactor).Redact(b.String())))
	return err
}

func (s symptomReport) writeText(b *strings.Builder, i, of int) {
	b.WriteString("\n")
	if of > 1 {
		fmt.Fprintf(b, "%d of %d causes%s\n", i+1, of, prefixed(", ", s.If))
	}
	fmt.Fprintf(b, "by        %s\ncause     %s [%s]\nmend      %s\n", s.AnsweredBy, further(s.Cause), s.Slug, further(s.Mend))
	for _, a := range s.Asks {
		fmt.Fprintf(b, "ask       this holds if the answer is %s\n%s\n", a.Holds, strings.Join(a.Curl, "\n"))
	}
}

// further indents the lines after the first, under it.
func further(text string) string { return strings.ReplaceAll(text, "\n", "\n          ") }

func prefixed(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}
