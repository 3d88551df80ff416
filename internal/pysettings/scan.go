package pysettings

import (
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// reaching are names by which code gets hold of all names of a module.
var reaching = map[string]bool{
	"exec": true, "eval": true, "globals": true, "locals": true, "vars": true, "setattr": true, "delattr": true, "compile": true,
	"__builtins__": true, "builtins": true, "__dict__": true, "__globals__": true, "__import__": true, "import_module": true, "modules": true,
	"f_globals": true, "f_locals": true, "_getframe": true, "currentframe": true, "stack": true, "__setattr__": true, "execfile": true,
}

// scan accounts for code that is not understood: what its names stand for may
// change, now or, in a function, later; names that it binds are undecided.
func (r *runner) scan(from, to int, why string) {
	later := r.delays(from, to)
	for i := from; i < to; i++ {
		t := r.tokens[i]
		if t.formatted() {
			r.scanFormatted(t, why)
		}
		if !t.identifier() {
			continue
		}
		switch attribute := i > 0 && r.tokens[i-1].is("."); {
		case reaching[t.text] || !ascii(t.text):
			r.scope.anything = "after " + t.text + " at " + r.range_(i, i+1).String() + " any name may have any value"
		case attribute:
		case later:
			r.scope.remember(t.text, why)
		default:
			r.scope.mention(t.text, why)
		}
		if i+1 < to && r.tokens[i+1].is(":=") {
			r.bind(i, why)
		}
	}
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7f }) < 0
}

// delays reports code that may run after its statement: functions, generators.
func (r *runner) delays(from, to int) bool {
	for i := from; i < to; i++ {
		if t := r.tokens[i]; t.is("lambda") || t.is("for") || t.is("def") || t.is("class") {
			return true
		}
	}
	return false
}

var identifiers = regexp.MustCompile(`[A-Za-z_]\w*(?:\s*:=)?`)

// scanFormatted takes every word of an f-string for code.
func (r *runner) scanFormatted(t token, why string) {
	if !ascii(t.text) && strings.ContainsRune(t.text, '{') {
		r.scope.anything = "after the f-string at " + finding.Range{Path: r.path, Start: t.start}.String() + " any name may have any value"
		return
	}
	for _, word := range identifiers.FindAllString(t.text, -1) {
		name := strings.TrimRight(word, " \t\f\r\n:=")
		if reaching[name] && strings.ContainsAny(t.text, "([") {
			r.scope.anything = "after " + name + " in an f-string any name may have any value"
		}
		r.scope.remember(name, why)
		if name != word {
			at := finding.Range{Path: r.path, Start: t.start, End: t.end}
			r.scope.mention(name, why)
			r.scope.set(name, at, ref{at, unknown(why)})
		}
	}
}

// bind sets the name at a token to what is not known. It may still stand for what
// it did, which is therefore tainted.
func (r *runner) bind(i int, why string) {
	r.scope.mention(r.tokens[i].text, why)
	at := r.range_(i, i+1)
	r.scope.set(r.tokens[i].text, at, ref{at, unknown(why)})
}

// bindAll binds every name of a target.
func (r *runner) bindAll(from, to int, why string) {
	for i := from; i < to; i++ {
		if r.tokens[i].identifier() && (i == 0 || !r.tokens[i-1].is(".")) {
			r.bind(i, why)
		}
	}
}

// range_ gives the place of a run of tokens.
func (r *runner) range_(from, to int) finding.Range {
	out := finding.Range{Path: r.path, Start: r.tokens[from].start, End: r.tokens[from].end}
	if to > from {
		out.End = r.tokens[to-1].end
	}
	return out
}
