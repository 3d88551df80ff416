package templates

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode/utf8"
)

// xmlFile fills a template that is one XML document, and gives the proof of its text.
func xmlFile(name, text string, s *slots) ([]byte, proof, error) {
	t, err := template.New(name).Funcs(template.FuncMap{"arg": unbound, "each": each}).Parse(text)
	if err != nil {
		return nil, nil, err
	}
	sh, err := compile(t, name, s.data(), nil)
	if err != nil {
		return nil, nil, err
	}
	want, err := readXML([]byte(sh.text), func(value string) string { return meantWithin(sh, value, s.values) })
	if err != nil {
		return nil, nil, fmt.Errorf("template %s: %w", name, err)
	}
	var b bytes.Buffer
	if err := sh.fill(&b, s.values, xmlValue, nil); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return b.Bytes(), readsAsXML(want), nil
}

func readsAsXML(want []xmlPiece) proof {
	return func(text []byte) error {
		got, err := readXML(text, func(value string) string { return value })
		if err == nil && !slices.Equal(got, want) {
			err = errOtherMeaning
		}
		return err
	}
}

// meantWithin puts values in the place of marks.
func meantWithin(s *sheet, text string, values []string) string {
	parts := strings.Split(text, mark)
	for i := 1; i < len(parts); i += 2 {
		if n, err := strconv.Atoi(parts[i]); err == nil {
			parts[i] = s.arguments[n].value(values)
		}
	}
	return strings.Join(parts, "")
}

// xmlValue writes a value for an attribute in double quotes, or for an element. What XML cannot carry, or
// would hand on otherwise, is refused.
func xmlValue(value string) (string, error) {
	if !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return r < 0x20 || r == 0x7f || r == 0xfffe || r == 0xffff }) {
		return "", errors.New("a value holds control characters, or is not UTF-8, which XML cannot carry")
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(value), nil
}

// xmlPiece is one start, attribute, text or end of a document, in its order.
type xmlPiece struct{ kind, space, name, value string }

// readXML reads what our templates can hold: elements, attributes and text. Comments mean nothing; a document
// type is an error. value is asked for each attribute and text.
func readXML(text []byte, value func(string) string) ([]xmlPiece, error) {
	var out []xmlPiece
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		pieces, err := xmlPieces(token, value)
		if err != nil {
			line, _ := d.InputPos()
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		out = append(out, pieces...)
	}
}

func xmlPieces(token xml.Token, value func(string) string) ([]xmlPiece, error) {
	switch t := token.(type) {
	case xml.StartElement:
		out := []xmlPiece{{"element", t.Name.Space, t.Name.Local, ""}}
		for _, a := range t.Attr {
			out = append(out, xmlPiece{"attribute", a.Name.Space, a.Name.Local, value(a.Value)})
		}
		return out, nil
	case xml.EndElement:
		return []xmlPiece{{"end", t.Name.Space, t.Name.Local, ""}}, nil
	case xml.CharData:
		if strings.TrimSpace(string(t)) == "" {
			return nil, nil
		}
		return []xmlPiece{{"text", "", "", value(string(t))}}, nil
	case xml.Comment, xml.ProcInst:
		return nil, nil
	default:
		return nil, errors.New("neither an element nor its text")
	}
}
