package saml

import (
	"encoding/xml"
	"fmt"
)

// nsXML is what the prefix xml stands for (Namespaces in XML 1.0, section 3).
const nsXML = "http://www.w3.org/XML/1998/namespace"

// declared gives the namespaces that an element declares by prefix, "" being the
// default; nil: none.
func declared(attributes []xml.Attr) map[string]string {
	var out map[string]string
	for _, a := range attributes {
		prefix, is := declares(a)
		if !is {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[prefix] = a.Value
	}
	return out
}

func declares(a xml.Attr) (prefix string, is bool) {
	if a.Name.Space == "" && a.Name.Local == "xmlns" {
		return "", true
	}
	return a.Name.Local, a.Name.Space == "xmlns"
}

// name resolves the names of the newest element.
func (d *document) name(t xml.StartElement) error {
	e := d.open[len(d.open)-1].Element
	var err error
	if e.Space, err = d.space(t.Name); err != nil {
		return err
	}
	e.Local = t.Name.Local
	for _, a := range t.Attr {
		if _, is := declares(a); is {
			continue
		}
		if err := d.attribute(e, a); err != nil {
			return err
		}
	}
	return nil
}

// attribute adds one to an element; without a prefix it is in no namespace.
func (d *document) attribute(e *Element, a xml.Attr) error {
	named := Attribute{Local: a.Name.Local, Value: a.Value}
	if a.Name.Space != "" {
		var err error
		if named.Space, err = d.space(a.Name); err != nil {
			return err
		}
	}
	for _, known := range e.Attributes {
		if known.Space == named.Space && known.Local == named.Local {
			return d.wrong(fmt.Sprintf("the attribute %s twice", cut(named.Local)), "one of a name")
		}
	}
	e.Attributes = append(e.Attributes, named)
	return nil
}

func (d *document) space(n xml.Name) (string, error) {
	if n.Space == "xml" {
		return nsXML, nil
	}
	for i := len(d.open) - 1; i >= 0; i-- {
		if space, ok := d.open[i].declared[n.Space]; ok {
			return space, nil
		}
	}
	if n.Space != "" {
		return "", d.wrong(fmt.Sprintf("the prefix %q, which nothing declares", cut(n.Space)), "xmlns:"+cut(n.Space)+"=…")
	}
	return "", nil
}
