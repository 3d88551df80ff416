package claims

import (
	"fmt"
	"strings"
)

// writer gathers what a module puts into httpd's two tables: request headers and
// the environment. Both compare names without regard to case; of two claims with
// one name the last value stays, under the first one's spelling (apr_table_set).
type writer struct {
	module  Module
	env     table
	headers table
	missing []Missing
}

func newWriter(m Module) *writer { return &writer{module: m} }

// table is an apr_table_t that is only set.
type table struct {
	entries []Variable
	index   map[string]int
}

func (t *table) set(v Variable) {
	if t.index == nil {
		t.index = map[string]int{}
	}
	key := lower(v.Name)
	i, there := t.index[key]
	if !there {
		t.index[key] = len(t.entries)
		t.entries = append(t.entries, v)
		return
	}
	v.Note = notes(v.Note, fmt.Sprintf("claim %q came first with the same name, and is lost", t.entries[i].Claim))
	v.Name = t.entries[i].Name
	t.entries[i] = v
}

func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// notes joins what there is to say.
func notes(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, "; ")
}

// claim passes one claim on, as oidc_util_set_app_infos and
// oauth2_apache_set_target_infos do.
func (w *writer) claim(c Claim) {
	text, note, ok := w.module.text(c.Value)
	if !ok {
		w.missing = append(w.missing, Missing{Claim: c.Name, Reason: note})
		return
	}
	if w.module.PassAs == Nothing {
		w.missing = append(w.missing, Missing{Claim: c.Name, Reason: "the module is told to pass no claims"})
		return
	}
	v := Variable{Name: w.module.Prefix + VariableName(c.Name), Claim: c.Name, Note: notes(note, renamed(c.Name))}
	if w.module.PassAs != Headers {
		w.env.set(w.module.chance(w.module.encoded(v, text, Environment), c.Value))
	}
	if w.module.PassAs != Environment {
		w.headers.set(w.module.headerSafe(w.module.encoded(v, text, Headers)))
	}
}

// result is what ap_add_common_vars leaves: the headers under their CGI names,
// over the environment. Names of httpd's own go over both.
func (w *writer) result() ([]Variable, []Missing) {
	all := w.env
	for _, h := range w.headers.entries {
		name, problem := cgiName(h.Name)
		if problem != "" {
			w.missing = append(w.missing, Missing{Name: expectedName(h.Name), Claim: h.Claim, Reason: problem})
			continue
		}
		h.Name = name
		all.set(h)
	}
	var out []Variable
	for _, v := range all.entries {
		if w.module.overwritten(v.Name) {
			w.missing = append(w.missing, Missing{Name: v.Name, Claim: v.Claim, Reason: "httpd or mod_wsgi sets a variable of this name itself"})
			continue
		}
		v.Value = asPython(v.Value)
		out = append(out, v)
	}
	return out, w.missing
}

// asPython decodes the bytes of a variable as WSGI does (PEP 3333: ISO-8859-1).
func asPython(bytes string) string {
	var b strings.Builder
	for i := range len(bytes) {
		b.WriteRune(rune(bytes[i]))
	}
	return b.String()
}
