package claims

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// text is the value of a claim in bytes before encoding, with what is to be said
// of it; false where the module passes nothing, and why.
func (m Module) text(v any) (text, note string, ok bool) {
	if s, ok := v.(string); ok {
		return s, "", true
	}
	if m.Name == OAuth2 {
		return m.jsonText(v), "passed as JSON text", true
	}
	switch v := v.(type) {
	case bool:
		return digit(v), fmt.Sprintf("%t is passed as %s", v, digit(v)), true
	case json.Number:
		text, note := m.numberText(v)
		return text, note, true
	case List:
		text, note := m.joined(v)
		return text, note, true
	case Object:
		return m.jsonText(v), "an object is passed as JSON text in one value; rules cannot read its members", true
	default:
		return "", "null is not passed", false
	}
}

func digit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// numberText: integers as C's %ld, others by APR's own printf.
func (m Module) numberText(n json.Number) (text, note string) {
	if i, ok := integer(n); ok {
		return strconv.FormatInt(i, 10), ""
	}
	f, _ := n.Float64()
	if m.since("2.4.18.1") {
		text = aprGeneral(f, 8)
	} else {
		text = aprFixed(f, 6)
	}
	if text == n.String() {
		return text, ""
	}
	return text, "this is how APR writes " + n.String()
}

// integer gives the value of a number that jansson takes for an integer.
func integer(n json.Number) (int64, bool) {
	if strings.ContainsAny(n.String(), ".eE") {
		return 0, false
	}
	i, err := n.Int64()
	return i, err == nil
}

// joined joins the strings and booleans of a list; all else is passed over, and so
// are empty elements before the first that is not (oidc_util_appinfo_array_concat).
func (m Module) joined(list List) (text, note string) {
	var parts []string
	passedOver, split := 0, false
	for _, item := range list {
		part, ok := element(item)
		if !ok {
			passedOver++
			continue
		}
		split = split || m.Delimiter != "" && strings.Contains(part, m.Delimiter)
		if part = m.escape(part); len(parts) > 0 || part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, m.Delimiter), m.joinedNote(len(list), passedOver, split)
}

func element(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return digit(v), true
	default:
		return "", false
	}
}

// escape puts a backslash before backslashes and delimiters, from 2.4.20 on.
func (m Module) escape(part string) string {
	if !m.since("2.4.20") || m.Delimiter == "" {
		return part
	}
	var b strings.Builder
	for len(part) > 0 {
		n := 1
		switch {
		case part[0] == '\\':
			b.WriteByte('\\')
		case strings.HasPrefix(part, m.Delimiter):
			b.WriteByte('\\')
			n = len(m.Delimiter)
		}
		b.WriteString(part[:n])
		part = part[n:]
	}
	return b.String()
}

func (m Module) joinedNote(items, passedOver int, split bool) string {
	said := []string{"an empty list is passed as an empty value"}
	if items > 0 {
		said[0] = fmt.Sprintf("a list, joined with %q", m.Delimiter)
	}
	if m.Delimiter != ";" && items > 1 {
		said = append(said, `Keystone splits at ";" alone, so it sees one value`)
	}
	if passedOver > 0 {
		said = append(said, fmt.Sprintf("%d of its %d elements are neither text nor boolean, and are not passed", passedOver, items))
	}
	if split {
		said = append(said, m.splitNote())
	}
	return notes(said...)
}

func (m Module) splitNote() string {
	if m.since("2.4.20") {
		return "an element holds the delimiter, which the module escapes with a backslash; Keystone knows no escape and splits there"
	}
	return "an element holds the delimiter itself, which nobody can tell from its end"
}
