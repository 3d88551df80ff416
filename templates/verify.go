package templates

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// verify parses the finished text and holds it against what was meant, directive
// by directive and argument by argument. Errors name directives, never values.
func (p *httpdPage) verify(text []byte) error {
	file, list := httpdconf.Parse("", text)
	if len(list) > 0 {
		return fmt.Errorf("line %d: %s", list[0].At.Start.Line, list[0].Message)
	}
	return p.reads(file.Nodes)
}

// reads holds nodes against the page.
func (p *httpdPage) reads(nodes []*httpdconf.Node) error {
	r := reading{page: p, got: meaningful(nodes)}
	if err := r.nodes(p.main.sheet, p.main.nodes, p.values); err != nil {
		return err
	}
	return r.done()
}

// reading walks the nodes that were read back, in step with those meant.
type reading struct {
	page *httpdPage
	got  []*httpdconf.Node
}

func (r *reading) nodes(s *sheet, want []*httpdconf.Node, values []string) error {
	for _, w := range want {
		if name, ok := marked(w.Name, eachPrefix); ok {
			if err := r.sections(name); err != nil {
				return err
			}
			continue
		}
		if err := r.node(s, w, values); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) sections(name string) error {
	for _, sec := range r.page.sections[name] {
		if err := r.nodes(sec.sheet.sheet, sec.sheet.nodes, sec.values); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) node(s *sheet, want *httpdconf.Node, values []string) error {
	if len(r.got) == 0 {
		return fmt.Errorf("%s is missing", want.Name)
	}
	got := r.got[0]
	r.got = r.got[1:]
	if got.Kind != want.Kind || !got.Is(want.Name) || len(got.Args) != len(want.Args) {
		return fmt.Errorf("line %d: another directive than %s with %d arguments", got.At.Start.Line, want.Name, len(want.Args))
	}
	for i, a := range want.Args {
		if got.Args[i].Value != meant(s, a.Value, values) {
			return fmt.Errorf("line %d: argument %d of %s", got.At.Start.Line, i+1, want.Name)
		}
	}
	inner := reading{page: r.page, got: meaningful(got.Children)}
	if err := inner.nodes(s, meaningful(want.Children), values); err != nil {
		return err
	}
	return inner.done()
}

func (r *reading) done() error {
	if len(r.got) > 0 {
		return fmt.Errorf("line %d: %s was not meant", r.got[0].At.Start.Line, r.got[0].Name)
	}
	return nil
}

// meant gives the value that an argument of the statement stands for.
func meant(s *sheet, arg string, values []string) string {
	if number, ok := marked(arg, ""); ok {
		if n, err := strconv.Atoi(number); err == nil {
			return s.arguments[n].value(values)
		}
	}
	return arg
}

// marked takes the marks off.
func marked(text, prefix string) (string, bool) {
	inner, opened := strings.CutPrefix(text, mark+prefix)
	inner, closed := strings.CutSuffix(inner, mark)
	return inner, opened && closed
}
