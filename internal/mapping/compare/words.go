package compare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// granted tells what a mapping gives, in words: what it has no words for stands
// as JSON, so that outcomes that differ are told differently.
func granted(m *engine.Mapped) string {
	parts := []string{"user " + named(m.User, "(", ")", userExtras)}
	for _, list := range []struct {
		name  string
		items []any
	}{{"group ids", m.GroupIDs}, {"groups", m.GroupNames}, {"projects", m.Projects}} {
		if len(list.items) > 0 {
			parts = append(parts, list.name+" "+listed(list.items))
		}
	}
	return strings.Join(parts, "; ")
}

func listed(items []any) string {
	var out []string
	for _, item := range items {
		out = append(out, word(item))
	}
	return strings.Join(out, ", ")
}

// word tells a group, a project, a role or an id.
func word(item any) string {
	switch v := item.(type) {
	case string:
		return bare(v)
	case engine.Object:
		return named(v, "(", ")", extras)
	}
	return text(item)
}

// named tells an object by its name, and what else it holds in brackets.
func named(o engine.Object, open, end string, more func(engine.Field) string) string {
	name, rest := "without a name", []string{}
	for _, f := range o {
		if s, ok := f.Value.(string); ok && f.Key == "name" {
			name = bare(s)
		} else if said := more(f); said != "" {
			rest = append(rest, said)
		}
	}
	if len(rest) == 0 {
		return name
	}
	return name + " " + open + strings.Join(rest, ", ") + end
}

// userExtras leaves out the type that nearly every user has.
func userExtras(f engine.Field) string {
	if f.Key == "type" && f.Value == "ephemeral" {
		return ""
	}
	return extras(f)
}

func extras(f engine.Field) string {
	switch v := f.Value.(type) {
	case nil:
		return f.Key + " none"
	case string:
		return f.Key + " " + bare(v)
	case engine.Object:
		if id, ok := v.Get("id"); ok && len(v) == 1 {
			return f.Key + " id " + word(id)
		}
		return f.Key + " " + named(v, "[", "]", extras)
	case []any:
		return f.Key + " " + strings.ReplaceAll(listed(v), ", ", " and ")
	}
	return f.Key + " " + text(f.Value)
}

// bare puts a text in quotes where its ends would not be seen.
func bare(s string) string {
	if s == "" || strings.ContainsAny(s, " ,;()[]\"") {
		return fmt.Sprintf("%q", s)
	}
	return s
}

// claims gives a login as JSON, each letter as it is.
func claims(environment map[string]string) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(environment); err != nil {
		return fmt.Sprint(environment)
	}
	return strings.TrimSpace(out.String())
}
