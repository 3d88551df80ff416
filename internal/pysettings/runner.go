package pysettings

import (
	"slices"
	"strings"
)

// runner follows the statements of one file.
type runner struct {
	*File
	path  string
	scope *scope
	x     expressions
}

func (r *runner) all(statements []*statement) {
	for i := 0; i < len(statements); i++ {
		if !statements[i].compound {
			r.simple(statements[i])
			continue
		}
		end := i + 1
		for end < len(statements) && statements[end].compound && begins(r.head(statements[end]), "elif", "else", "except", "finally") {
			end++
		}
		r.compound(statements[i:end])
		i = end - 1
	}
}

func (r *runner) head(s *statement) token { return r.tokens[s.from] }

// compound follows an "if" whose condition is decided; of all else, only running
// the file can tell what it does.
func (r *runner) compound(parts []*statement) {
	for i, part := range parts {
		condition := true
		switch word := r.head(part).text; {
		case word == "else" && i > 0:
		case word == "if" || word == "elif":
			known := false
			if condition, known = truth(r.eval(r.x.one(part.from+1, part.to))); !known {
				r.perhaps(parts[i:])
				return
			}
		default:
			r.perhaps(parts[i:])
			return
		}
		if condition {
			r.all(part.body)
			return
		}
	}
}

// perhaps accounts for statements that run never, once, or often.
func (r *runner) perhaps(statements []*statement) {
	for _, s := range statements {
		why := "only running the file can tell what the lines from " + r.range_(s.from, s.from).String() + " on do"
		r.maybe(s, why)
	}
}

func (r *runner) maybe(s *statement, why string) {
	switch word := r.head(s).text; {
	case !s.compound:
		r.maybeSimple(s, why)
	case begins(r.head(s), "if", "elif", "else", "for", "while", "try", "except", "finally", "with"):
		r.scan(s.from, s.to, why)
		r.bindHead(s, word, why)
		for _, inner := range s.body {
			r.maybe(inner, why)
		}
	case begins(r.head(s), "def", "class", "async"):
		r.function(s, word, why)
	default: // match
		r.scan(s.from, s.last, why)
		r.bindAll(s.from, s.last, why)
		r.scope.lose(why)
	}
}

// bindHead binds what stands in the head of for, with and except.
func (r *runner) bindHead(s *statement, word, why string) {
	for i := s.from + 1; i < s.to; i++ {
		switch t := r.tokens[i]; {
		case word == "for" && t.is("in"):
			return
		case word == "for":
			r.bindAll(i, i+1, why)
		case t.is("as") && i+1 < s.to:
			r.bindAll(i+1, beyond(r.tokens, i+1), why)
		}
	}
}

// function binds a def or class. Its code may run at any later time.
func (r *runner) function(s *statement, word, why string) {
	name := s.from + 1
	if word == "async" {
		name++
	}
	for i := s.from; i < s.last; i++ {
		if t := r.tokens[i]; t.is("global") {
			r.global(i+1, "a function may set it")
		} else if t.is("import") && i+1 < s.last && r.tokens[i+1].is("*") {
			r.scope.lose(why)
		}
	}
	r.scan(s.from, s.last, "a function may change it")
	if name < s.to {
		r.bind(name, "it is a function or a class")
	}
}

func (r *runner) global(i int, why string) {
	for ; r.tokens[i].identifier() || r.tokens[i].is(","); i++ {
		if name := r.tokens[i]; name.identifier() {
			r.bind(i, why)
			r.scope.setLater[name.text] = why
		}
	}
}

// star is what "from … import *" does.
func (r *runner) star(s *statement) {
	r.scope.lose("\"import *\" at " + r.range_(s.from, s.from).String() + " may set it")
}

// imports binds the names of an import.
func (r *runner) imports(s *statement) {
	from := s.from + 1
	module := ""
	if r.head(s).text == "from" {
		for from < s.to && !r.tokens[from].is("import") {
			module += r.tokens[from].text
			from++
		}
		from++
	}
	names := slices.Clone(r.tokens[min(from, s.to):s.to])
	for i := 0; i < len(names); i++ {
		switch t := names[i]; {
		case t.is("*"):
			r.star(s)
		case !t.identifier() || i > 0 && names[i-1].is("."):
		default:
			i += r.imported(names[i:], from+i, module)
		}
	}
}

// imported binds one name and gives how many tokens to pass over.
func (r *runner) imported(names []token, at int, module string) int {
	skip := 0
	for skip+1 < len(names) && !names[skip+1].is(",") && !names[skip+1].is("as") && !names[skip+1].is(")") {
		skip++
	}
	bound := 0
	if skip+2 < len(names) && names[skip+1].is("as") {
		bound, skip = skip+2, skip+2
	}
	place := r.range_(at+bound, at+bound+1)
	obj := unknown("it comes from an import")
	if strings.HasPrefix(module, "django.utils.translation") && slices.Contains(gettext[1:], names[0].text) {
		obj.gettext = true
	}
	r.scope.set(names[bound].text, place, ref{place, obj})
	return skip
}
