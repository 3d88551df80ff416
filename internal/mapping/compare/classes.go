package compare

import (
	"slices"
	"time"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/python/re"
)

// choice is what may come of one type: values in their order; nil is absent.
type choice []string

// dimension is a type and what is tried of it.
type dimension struct {
	name    string
	classes int
	choices []choice // the first is absent
}

// kept is the number of values that stand for one class: two, so that a text
// that equals a rule's own by accident does not hide a difference.
const kept = 2

// dimensions gives every type that either mapping reads.
func (s *search) dimensions() []dimension {
	named := s.named()
	var out []dimension
	for _, name := range s.types() {
		classes := s.classes(name, named[name])
		out = append(out, dimension{name: name, classes: len(classes), choices: s.choices(name, classes)})
	}
	return out
}

func (s *search) types() []string {
	all := slices.Concat(s.a.Types(), s.b.Types())
	slices.Sort(all)
	return slices.Compact(all)
}

// named is what the rules of both mappings say of each type.
func (s *search) named() map[string]*naming {
	out := map[string]*naming{}
	for _, p := range []*engine.Processor{s.a, s.b} {
		for _, rule := range p.Document().Rules {
			for _, item := range rule.Get("remote").Items() {
				name := item.Get("type").Text()
				if out[name] == nil {
					out[name] = &naming{}
				}
				out[name].read(item)
			}
		}
	}
	return out
}

// naming is what requirements say of one type.
type naming struct {
	texts    []string
	patterns []string
	direct   bool // a placeholder stands for it
}

func (n *naming) read(item *engine.Node) {
	n.direct = n.direct || item.Get("any_one_of") == nil && item.Get("not_any_of") == nil
	for _, kind := range []engine.Kind{engine.AnyOneOf, engine.NotAnyOf, engine.Blacklist, engine.Whitelist} {
		for _, listed := range item.Get(string(kind)).Items() {
			text, ok := listed.Value.(string)
			switch {
			case ok && item.Get("regex").IsTrue():
				n.patterns = append(n.patterns, text)
			case ok:
				n.texts = append(n.texts, text)
			}
		}
	}
}

// candidates gives values worth trying, the natural ones first.
func (n *naming) candidates() []string {
	out := slices.Clone(n.texts)
	for _, p := range n.patterns {
		for _, w := range witnesses(p) {
			out = append(out, w, "x"+w, w+"x", w+"\n")
		}
	}
	out = append(out, "jane", "john", "")
	if n.direct {
		out = append(out, "surname", "['p', 'q']", `[{"name": "p", "roles": [{"name": "member"}]}]`, "[]", "a b")
	}
	return out
}

// classes sorts candidates by how both mappings treat them, and keeps the first
// ones of every class.
func (s *search) classes(name string, n *naming) [][]string {
	place := map[string]int{}
	var out [][]string
	for _, value := range n.candidates() {
		key := s.a.Treats(name, value) + "|" + s.b.Treats(name, value)
		if n.direct {
			key += "|" + engine.Odd(value)
		}
		if value == "" {
			key += "|empty"
		}
		i, known := place[key]
		if !known {
			i, place[key] = len(out), len(out)
			out = append(out, nil)
		}
		if len(out[i]) < kept && !slices.Contains(out[i], value) {
			out[i] = append(out[i], value)
		}
	}
	s.unwitnessed(name, n)
	return out
}

// unwitnessed notes expressions that none of the texts made of them matches.
func (s *search) unwitnessed(name string, n *naming) {
	for _, pattern := range n.patterns {
		if !s.findsAny(pattern, witnesses(pattern)) {
			s.doubt("no value was made that the expression %q on %s finds: what it lets in was not tried", pattern, name)
		}
	}
}

func (s *search) findsAny(pattern string, texts []string) bool {
	p, err := re.Compile(pattern, s.a.Python(), time.Second)
	if err != nil {
		return true // it raises, which every value shows
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		found, err := p.Search(text)
		return err == nil && found
	})
}

// maxChoices bounds what is tried of one type, so that two long lists of groups
// do not make millions of pairs.
const maxChoices = 2000

// choices gives absent, every value alone, and pairs of values: of one class and
// of two.
func (s *search) choices(name string, classes [][]string) []choice {
	out := []choice{nil}
	for _, class := range classes {
		for _, value := range class {
			out = append(out, choice{value})
		}
	}
	for i, class := range classes {
		if len(class) > 1 {
			out = append(out, choice{class[0], class[1]})
		}
		for _, other := range classes[i+1:] {
			if len(out) >= maxChoices {
				s.doubt("%s has %d classes of values: not every pair of them was tried", name, len(classes))
				return out
			}
			out = append(out, choice{class[0], other[0]})
		}
	}
	return out
}
