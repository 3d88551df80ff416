package walkcheck

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// tag judges the opening tag of a section before what it holds.
func (w *walker) tag(c *httpdconf.Command, e found) {
	name := closed(e.entries[0].name)
	switch words := len(w.head(c)); {
	case !strings.Contains(c.RawLine(), ">"):
		if w.brackets(c.Key()) {
			w.add(MissingBracket, c, name+" directive missing closing '>'")
		}
	case words == 0 && takesSome(c.Key()):
		w.add(ArgumentCount, c, name+" directive requires additional arguments")
	case words > 0 && joins(c.Key()):
		w.add(ArgumentCount, c, name+" directive doesn't take additional arguments")
	case words > 0 && c.Key() == "<else":
		w.add(ArgumentCount, c, name+" does not take an argument")
	}
}

// brackets tells the sections that ask for their bracket.
func (w *walker) brackets(key string) bool {
	return placeOf(key) != 0 || joins(key) || key == "<authnprovideralias" || key == "<authzprovideralias"
}

// takesSome tells the sections that refuse to stand without arguments.
func takesSome(key string) bool {
	switch key {
	case "<else", "<proxy", "<proxymatch":
		return false
	case "<authnprovideralias", "<authzprovideralias":
		return true
	}
	return placeOf(key) != 0
}

// tail judges what httpd looks at behind the content: whether more words stand in
// the opening tag than the section has use for.
func (w *walker) tail(f frame) {
	c := f.section
	if f.blind {
		return
	}
	switch words := w.head(c); {
	case len(words) < 2:
	case c.Key() == "<proxy" && !strings.Contains(words[0], ":"):
		w.add(ArgumentCount, c, "<Proxy> arguments are not supported for non url.")
	case takesOne(c.Key()) && !expression(c.Key(), words):
		w.add(ArgumentCount, c, "Multiple "+closed("<"+c.Name)+" arguments not (yet) supported.")
	}
}

func takesOne(key string) bool {
	switch key {
	case "<directory", "<directorymatch", "<location", "<locationmatch", "<files", "<filesmatch", "<proxymatch":
		return true
	}
	return false
}

// expression tells sections whose second word is a regular expression.
func expression(key string, words []string) bool {
	return len(words) == 2 && words[0] == "~" && (key == "<directorymatch" || !strings.HasSuffix(key, "match"))
}
