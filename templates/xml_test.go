package templates

import (
	"slices"
	"strings"
	"testing"
)

const xmlShape = `<a xmlns="urn:x" b="{{arg .Value}}"><c>{{arg .Value}}</c></a>`

// TestXMLKeepsValues: what a value holds is read back as it was, and as nothing else.
func TestXMLKeepsValues(t *testing.T) {
	for _, value := range []string{"plain", `"><evil/>`, "' onload='", "&amp;", "]]>", "<!-- -->", "@@0@@", "é 日本", " x "} {
		s := newSlots()
		s.one("Value", value)
		text, readBack, err := xmlFile("x", xmlShape, s)
		if err != nil {
			t.Errorf("%q: %v", value, err)
			continue
		}
		if err := readBack(text); err != nil {
			t.Errorf("%q: %v in %s", value, err, text)
		}
		pieces, err := readXML(text, func(v string) string { return v })
		want := []xmlPiece{{"element", "urn:x", "a", ""}, {"attribute", "", "xmlns", "urn:x"}, {"attribute", "", "b", value},
			{"element", "urn:x", "c", ""}, {"text", "", "", value}, {"end", "urn:x", "c", ""}, {"end", "urn:x", "a", ""}}
		if err != nil || !slices.Equal(pieces, want) {
			t.Errorf("%q is read as %v, %v", value, pieces, err)
		}
	}
}

func TestXMLRefuses(t *testing.T) {
	for _, value := range []string{"a\nb", "a\x00b", "a\tb", "a\x7fb", "\xff", "\ufffe"} {
		if quoted, err := xmlValue(value); err == nil {
			t.Errorf("%q is written as %q", value, quoted)
		}
	}
}

// TestXMLProof: a text that says something else does not pass for the one that is meant.
func TestXMLProof(t *testing.T) {
	s := newSlots()
	s.one("Value", "v")
	text, readBack, err := xmlFile("x", xmlShape, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{{`b="v"`, `b="w"`}, {`b="v"`, `b="v" d="e"`}, {`<c>v</c>`, `<c>v</c><c>v</c>`}, {`<c>`, `<c xmlns="urn:y">`}, {`<a `, `<!DOCTYPE a><a `}, {`</a>`, ``}} {
		changed := strings.Replace(string(text), change[0], change[1], 1)
		if changed == string(text) || readBack([]byte(changed)) == nil {
			t.Errorf("it passes: %s", changed)
		}
	}
}
