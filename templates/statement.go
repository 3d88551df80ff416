package templates

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
)

// statement is a sheet of httpd configuration with its own parse: what is meant,
// with marks in the place of arguments.
type statement struct {
	*sheet
	nodes []*httpdconf.Node
}

// stationer makes statements, each once for its shape.
type stationer struct {
	template   *template.Template
	funcs      template.FuncMap
	made       map[string]*statement
	directives platform.Table
}

func (s *stationer) statement(name, shape string, data *slots) (*statement, error) {
	key := name + " " + shape
	if st, ok := s.made[key]; ok {
		return st, nil
	}
	sh, err := compile(s.template, name, data.data(), s.funcs)
	if err != nil {
		return nil, err
	}
	file, list := httpdconf.Parse(name, []byte(sh.text))
	if len(list) > 0 {
		return nil, fmt.Errorf("template %s: %s", name, list[0].Message)
	}
	st := &statement{sh, meaningful(file.Nodes)}
	s.made[key] = st
	return st, s.known(st.nodes)
}

// known holds every directive of the module against the target's table.
func (s *stationer) known(nodes []*httpdconf.Node) error {
	var failed error
	httpdconf.Walk(nodes, func(parents []*httpdconf.Node, n *httpdconf.Node) bool {
		if failed == nil && strings.HasPrefix(n.Name, "OIDC") {
			failed = s.allowed(n, len(parents) > 0 && !parents[len(parents)-1].Is("VirtualHost"))
		}
		return true
	})
	return failed
}

func (s *stationer) allowed(n *httpdconf.Node, inLocation bool) error {
	d, ok := s.directives.Lookup(n.Name)
	switch {
	case !ok:
		return fmt.Errorf("template: the target's module does not know %s", n.Name)
	case len(n.Args) < d.MinArgs || d.MaxArgs >= 0 && len(n.Args) > d.MaxArgs:
		return fmt.Errorf("template: the target's module does not take %d arguments for %s", len(n.Args), n.Name)
	case inLocation && !d.Directory, !inLocation && !d.Server:
		return fmt.Errorf("template: the target's module does not take %s in this place", n.Name)
	}
	return nil
}

func meaningful(nodes []*httpdconf.Node) []*httpdconf.Node {
	var out []*httpdconf.Node
	for _, n := range nodes {
		if n.Kind != httpdconf.Comment && n.Kind != httpdconf.Blank {
			out = append(out, n)
		}
	}
	return out
}
