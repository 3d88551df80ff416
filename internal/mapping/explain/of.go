package explain

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Of asks the engine what becomes of a login, and what Keystone does then. What
// names the input and its versions (Mapping, Claims, Notes, Python, Module) is
// for the caller to fill in.
func Of(p *engine.Processor, doc *engine.Document, env []Variable, f engine.Facts) Report {
	seen := map[string]string{}
	for _, v := range env {
		if !v.Missing {
			seen[v.Name] = v.Value
		}
	}
	r := Report{Mapping: doc.Path, Document: doc, Release: p.Release(), Schema: p.Schema(), Environment: env, Explanation: p.Explain(seen)}
	r.index()
	if m := r.Explanation.Mapped; m != nil {
		next := p.Next(m, f)
		r.Next = &next
	}
	r.Findings = findings(r.Explanation.Outcome)
	return r
}

// Turned gives the report of a login that httpd's module turns down itself: no
// rule is reached.
func Turned(down Refused, p *engine.Processor, doc *engine.Document) Report {
	r := Report{Mapping: doc.Path, Document: doc, Release: p.Release(), Schema: p.Schema(), Refused: &down}
	for _, rule := range p.Explain(nil).Rules {
		rule.Reached, rule.Holds, rule.Local = false, false, nil
		for i := range rule.Remote {
			q := &rule.Remote[i]
			q.Reached, q.Present, q.Holds, q.Values, q.Kept, q.Raised = false, false, false, nil, nil, ""
		}
		r.Explanation.Rules = append(r.Explanation.Rules, rule)
	}
	return r
}

// findings tells where in the mapping an outcome comes from, and how to mend it.
func findings(out engine.Outcome) finding.List {
	switch {
	case out.Undecidable != nil:
		u := out.Undecidable
		return finding.List{{Slug: "undecidable", Severity: finding.Error, At: u.At, Message: u.Reason, Hint: mendChance(u.Reason)}}
	case out.Error != nil && out.Error.At.Start.Known():
		e := out.Error
		return finding.List{{Slug: "login-fails", Severity: finding.Error, At: e.At,
			Message: fmt.Sprintf("Keystone answers %d (%s): %s", e.Status, e.Class, e.Message), Hint: mendError(e)}}
	}
	return nil
}

// mendChance says how a mapping no longer leaves a login to chance.
func mendChance(reason string) string {
	switch {
	case strings.Contains(reason, "no answer within"):
		return "rewrite the pattern without a repetition inside a repetition, such as (a+)+, and anchor it: ^…$"
	case strings.Contains(reason, "order of a set"), strings.Contains(reason, "set's order"):
		return "a whitelist or blacklist that leaves several values has no order: let one value through only, or use the placeholder alone in groups or group_ids"
	}
	return "write the rule in a plainer way, or ask the Keystone itself"
}

// mendError says what to do about an exception.
func mendError(e *engine.Error) string {
	switch e.Class {
	case "DirectMappingError":
		return "placeholders count the remote items that have no any_one_of and no not_any_of, from {0}"
	case "KeyError", "ValueError":
		return "a text of local is a format of Python: {0}, {1} … are placeholders, {{ and }} are braces"
	case "error":
		return "the pattern is no regular expression of Python; check it with: python3 -c 'import re; re.compile(r\"…\")'"
	case "AttributeError":
		return "every value in local is a text, an object, or a list of objects; put numbers and true in quotes"
	}
	return ""
}
