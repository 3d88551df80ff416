package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// finding says in our words what Keystone refuses.
func (r rules) finding(bad violation) finding.Finding {
	switch bad.keyword {
	case "required":
		return said(bad, bad.node.At, fmt.Sprintf("has no %q", bad.missing), example(bad.missing))
	case "additionalProperties":
		return r.unknownKeys(bad)
	case "minItems":
		return said(bad, bad.node.At, "is empty, expected at least one item", example(last(bad.instance)))
	case "enum":
		return said(bad, bad.node.At, fmt.Sprintf("is %s, expected %s", shownNode(bad.node), strings.Join(bad.shape.enum, " or ")), `"type": "ephemeral"`)
	case "oneOf":
		return r.noForm(bad)
	case "":
		return said(bad, bad.node.At, "is a key that Keystone refuses here", "delete it")
	}
	return said(bad, bad.node.At, fmt.Sprintf("is %s, expected %s", kindAndValue(bad.node), article(bad.shape.kind)), mend(bad.instance, bad.node, bad.shape.kind))
}

// said begins the message with what it is about.
func said(bad violation, at finding.Range, message, hint string) finding.Finding {
	return badMapping(at, subject(bad.instance)+" "+message, hint)
}

// subject names a place: `rule 2: "name" of "user"`, `rule 1: item 3 of "remote"`.
func subject(p path) string {
	steps := p.steps()
	if len(steps) == 0 {
		return "the mapping"
	}
	if len(steps) == 1 {
		return fmt.Sprintf("%q", steps[0])
	}
	rule := fmt.Sprintf("rule %d", steps[1].(int)+1)
	if len(steps) == 2 {
		return rule
	}
	return rule + ": " + inRulePath(steps[2:])
}

func inRulePath(steps []any) string {
	var parts []string
	for i := len(steps) - 1; i >= 0; i-- {
		if n, ok := steps[i].(int); ok {
			parts = append(parts, fmt.Sprintf("item %d", n+1))
		} else {
			parts = append(parts, fmt.Sprintf("%q", steps[i]))
		}
	}
	return strings.Join(parts, " of ")
}

// last gives the key that a place belongs to, over the indexes behind it.
func last(p path) string {
	for at := &p; at.up != nil; at = at.up {
		if key, ok := at.step.(string); ok {
			return key
		}
	}
	return ""
}

// unknownKeys tells of every key that does not belong there; the first gives the
// finding its place.
func (r rules) unknownKeys(bad violation) finding.Finding {
	first := r.unknownKey(bad, bad.extras[0])
	for _, m := range bad.extras[1:] {
		other := r.unknownKey(bad, m)
		first.Related = append(first.Related, finding.Related{Message: other.Message, At: other.At})
	}
	return first
}

func (r rules) unknownKey(bad violation, m Member) finding.Finding {
	if version := bad.shape.since[m.Key]; version != "" {
		return r.tooNew(bad, m, version)
	}
	if near := bad.shape.near(m.Key); near != "" {
		return said(bad, m.KeyAt, fmt.Sprintf("has an unknown key %s; did you mean %q?", shownText(m.Key), near), fmt.Sprintf("%q: %s", near, shownNode(m.Value)))
	}
	return said(bad, m.KeyAt, fmt.Sprintf("has an unknown key %s", shownText(m.Key)), "known: "+strings.Join(bad.shape.known(), ", "))
}

// tooNew tells of a key that a later schema version has.
func (r rules) tooNew(bad violation, m Member, version string) finding.Finding {
	message := fmt.Sprintf("has %q, which belongs to mapping schema %s (Keystone %s and later); this is judged as schema %s", m.Key, version, firstWith(version), r.schema)
	hint := fmt.Sprintf(`"schema_version": %q`, version)
	if !slices.Contains(r.release.SchemaVersions, version) {
		message += fmt.Sprintf(", and Keystone %s knows no newer one", r.release.Name)
		hint = fmt.Sprintf("delete %q", m.Key)
	}
	return said(bad, m.KeyAt, message, hint)
}

// shownNode gives a value as it stands in the file, cut where it is long.
func shownNode(n *Node) string {
	text, err := json.Marshal(plain(n))
	if err != nil {
		return "a value"
	}
	return cut(string(text))
}

func shownText(text string) string { return cut(fmt.Sprintf("%q", text)) }

func cut(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
