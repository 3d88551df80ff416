package pysettings

import (
	"math/big"
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// shown gives str() of a plain scalar whose text every Python writes alike.
func shown(o *object) (string, bool) {
	v, ok := o.plain()
	switch v := v.(type) {
	case string:
		return v, true
	case nil, bool:
		return python.Repr(v, python.Default()), ok
	case *big.Int:
		return v.String(), v.BitLen() <= maxBits
	}
	return "", false
}

// plainFields is a text for str.format that has fields by number or in order only.
var plainFields = regexp.MustCompile(`^(?:[^{}]|\{\{|\}\}|\{\d{0,3}\})*$`)

// format is str.format with texts as arguments.
func (r *runner) format(template string, arguments []*node) (*object, bool) {
	args := make([]python.Arg, len(arguments))
	total := len(template)
	for i, n := range arguments {
		text, ok := r.eval(n).text()
		if !ok {
			return nil, false
		}
		args[i].Values = []string{text}
		total += len(text) * strings.Count(template, "{")
	}
	if r.scope.effort += total; total > maxText || r.scope.effort > maxEffort || !plainFields.MatchString(template) {
		return nil, false
	}
	out, err := python.ParseTemplate(template).Append(nil, args, python.Default())
	if err != nil {
		return nil, false
	}
	return scalar(string(out)), true
}

// directives of printf that are followed.
var directives = regexp.MustCompile(`%(?:\(([^()%]*)\))?(.?)`)

// percent is the % of a str, or of two ints, or nil.
func percent(a, b *object) *object {
	template, ok := a.text()
	if !ok || len(template) > maxText {
		return nil
	}
	f := printf{by: b, args: []*object{b}}
	if b.known(Tuple) {
		f.args = objects(b.items)
	}
	text := directives.ReplaceAllStringFunc(template, f.one)
	if f.failed || f.used != len(f.args) && !f.named && !b.known(Dict) || b.open != "" && b.kind != Tuple || len(text) > maxText {
		return nil
	}
	return scalar(text)
}

// printf replaces directives one by one.
type printf struct {
	by     *object
	args   []*object
	used   int
	made   int
	named  bool
	failed bool
}

func (f *printf) one(directive string) string {
	parts := directives.FindStringSubmatch(directive)
	if directive == "%%" {
		return "%"
	}
	arg := f.argument(strings.HasPrefix(directive, "%("), parts[1])
	if f.failed || arg == nil {
		f.failed = true
		return ""
	}
	text, ok := shown(arg)
	_, isInt := arg.integer()
	f.made += len(text)
	f.failed = !ok || parts[2] != "s" && (parts[2] != "d" || !isInt) || f.made > maxText
	return text
}

func (f *printf) argument(named bool, name string) *object {
	if named {
		f.named = true
		key, _ := hash(scalar(name))
		if at, ok := f.by.index[key]; ok && f.by.known(Dict) {
			return f.by.items[at].obj
		}
		return nil
	}
	if f.used++; f.used > len(f.args) || f.named {
		return nil
	}
	return f.args[f.used-1]
}

// formatted gives an f-string whose fields are names and nothing else.
func (r *runner) formatted(t token) *object {
	quote := strings.IndexAny(t.text, `'"`)
	width := quoteWidth(t.text[quote:])
	body := t.text[quote+width : len(t.text)-width]
	if strings.ContainsAny(body, "\\\r") || !plainNames.MatchString(body) {
		return unknown("it is an f-string")
	}
	var out strings.Builder
	for _, piece := range pieces.FindAllString(body, -1) {
		text, ok := r.piece(piece)
		if !ok || out.Len()+len(text) > maxText {
			return unknown("it is an f-string")
		}
		out.WriteString(text)
	}
	return scalar(out.String())
}

var (
	plainNames = regexp.MustCompile(`^(?:[^{}]|\{\{|\}\}|\{[A-Za-z_]\w*\})*$`)
	pieces     = regexp.MustCompile(`[^{}]+|\{\{|\}\}|\{\w+\}`)
)

func (r *runner) piece(text string) (string, bool) {
	switch {
	case text == "{{" || text == "}}":
		return text[:1], true
	case text[0] != '{':
		return text, true
	}
	name := text[1 : len(text)-1]
	switch {
	case constant(name):
		return name, true
	case keyword(name) || reaching[name]:
		return "", false
	}
	return shown(r.scope.get(name))
}
