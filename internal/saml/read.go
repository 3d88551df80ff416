package saml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// document is XML that is being read.
type document struct {
	text   []byte
	tokens *xml.Decoder
	limits Limits
	keep   func(*Element) bool // whether a child of the root is kept; nil: all are

	open  []opened
	root  *Element
	kept  int
	begun int // offset of the token at hand
}

// opened is an element whose end has not come. It is written as its prefix says;
// declared are the namespaces that it adds; nothing of a dropped one is kept.
type opened struct {
	*Element
	written  xml.Name
	declared map[string]string
	dropped  bool
	text     []byte
}

// read reads a document whole. Namespaces are resolved here, since encoding/xml
// takes a prefix that nobody has declared for a namespace.
func read(text []byte, limits Limits, keep func(*Element) bool) (*Element, error) {
	if len(text) > limits.Size {
		return nil, &Error{Got: "the document has more than the " + fmt.Sprint(limits.Size) + " bytes that are read"}
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	d := &document{text: text, tokens: xml.NewDecoder(bytes.NewReader(text)), limits: limits, keep: keep}
	for {
		d.begun = int(d.tokens.InputOffset())
		token, err := d.tokens.RawToken()
		if errors.Is(err, io.EOF) {
			return d.root, d.ended()
		}
		if err != nil {
			return nil, d.broken(err)
		}
		if err := d.take(token); err != nil {
			return nil, err
		}
	}
}

func (d *document) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return d.start(t)
	case xml.EndElement:
		return d.end(t)
	case xml.CharData:
		return d.characters(t)
	case xml.Directive:
		return d.wrong("a document type (<!…>), which may define entities", "none: SAML has no use for one")
	case xml.ProcInst:
		if t.Target != "xml" || d.begun != 0 {
			return d.wrong("a processing instruction", "none but the XML declaration at the very beginning")
		}
	}
	return nil
}

func (d *document) wrong(got, want string) error { return at(d.text, d.begun, got, want) }

// broken gives an error of encoding/xml its place.
func (d *document) broken(err error) error {
	got := err.Error()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		got = syntax.Msg
	}
	return at(d.text, int(d.tokens.InputOffset()), "no XML: "+cut(strings.TrimPrefix(got, "xml: ")), "")
}

func (d *document) start(t xml.StartElement) error {
	switch {
	case len(d.open) == 0 && d.root != nil:
		return d.wrong("a second root element", "one")
	case len(d.open) == d.limits.Depth:
		return d.wrong(fmt.Sprintf("elements nested deeper than %d", d.limits.Depth), "fewer")
	case len(t.Attr) > d.limits.Attributes:
		return d.wrong(fmt.Sprintf("an element with %d attributes", len(t.Attr)), fmt.Sprintf("at most %d", d.limits.Attributes))
	}
	d.open = append(d.open, opened{Element: &Element{}, written: t.Name, declared: declared(t.Attr)})
	if err := d.name(t); err != nil {
		return err
	}
	return d.place()
}

// place hangs the newest element into the tree, unless nobody asks for it.
func (d *document) place() error {
	o := &d.open[len(d.open)-1]
	o.start, o.inside = d.begun, int(d.tokens.InputOffset())
	if len(d.open) == 1 {
		d.root = o.Element
		return nil
	}
	above := &d.open[len(d.open)-2]
	o.dropped = above.dropped || len(d.open) == 2 && d.keep != nil && !d.keep(o.Element)
	if o.dropped {
		return nil
	}
	if d.kept++; d.kept > d.limits.Elements {
		return d.wrong(fmt.Sprintf("more than %d elements", d.limits.Elements), "fewer")
	}
	above.Children = append(above.Children, o.Element)
	return nil
}

func (d *document) end(t xml.EndElement) error {
	if len(d.open) == 0 || d.open[len(d.open)-1].written != t.Name {
		return d.wrong("the end of an element that is not open", "")
	}
	o := &d.open[len(d.open)-1]
	o.Text, o.behind, o.end = string(o.text), d.begun, int(d.tokens.InputOffset())
	d.open = d.open[:len(d.open)-1]
	return nil
}

func (d *document) characters(t xml.CharData) error {
	if len(d.open) == 0 {
		if len(bytes.TrimSpace(t)) > 0 {
			return d.wrong("text outside of the root element", "XML")
		}
		return nil
	}
	if o := &d.open[len(d.open)-1]; !o.dropped {
		o.text = append(o.text, t...)
	}
	return nil
}

func (d *document) ended() error {
	d.begun = len(d.text)
	switch {
	case len(d.open) > 0:
		return d.wrong("the document ends within <"+cut(d.open[len(d.open)-1].written.Local)+">", "its end")
	case d.root == nil:
		return &Error{Got: "there is no XML element", Want: "one"}
	}
	return nil
}
