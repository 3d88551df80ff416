package walkcheck

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/platform"
)

//go:embed commands.txt
var commandsText string

// entry is what a module says of one of its directives (command_rec).
type entry struct {
	name   string // as it is written, of a section with `<` in front
	outer  bool   // may stand outside of <Directory>, <Location>, <Files>, <If>
	inner  bool   // may stand inside of them
	auth   bool   // may stand within <RequireAll> and its like (OR_AUTHCFG)
	kind   platform.ArgKind
	least  int // arguments
	most   int
	filled int    // how many of the least must not be empty
	never  places // sections in which it refuses to stand
	symbol string // of its module
}

// kinds are the words that commands.txt has for the ways to take arguments.
func kinds() map[string]platform.ArgKind {
	return map[string]platform.ArgKind{
		"raw": platform.Raw, "none": platform.NoArgs, "1": platform.Take1, "2": platform.Take2, "12": platform.Take12,
		"3": platform.Take3, "23": platform.Take23, "123": platform.Take123, "13": platform.Take13,
		"each": platform.Iterate, "each2": platform.Iterate2, "own2": platform.Iterate2, "flag": platform.Flag,
	}
}

// filled says how many of the least arguments must not be empty. Of ITERATE2 the
// second is not looked at before it is used, but where a module counts by itself.
func filled(kind string) int {
	if kind == "each2" {
		return 1
	}
	return 3
}

// tables are the entries by module and by name in lower case.
type tables struct {
	modules map[string]map[string]entry // by symbol
	names   map[string][]string         // the symbols of the modules that have the name
}

var stock = sync.OnceValue(func() tables {
	kinds := kinds()
	t := tables{modules: map[string]map[string]entry{}, names: map[string][]string{}}
	for line := range strings.Lines(commandsText) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		t.modules[words[0]] = map[string]entry{}
		for _, w := range words[1:] {
			t.add(readEntry(words[0], w, kinds))
		}
	}
	return t
})

func (t tables) add(e entry) {
	key := strings.ToLower(e.name)
	t.modules[e.symbol][key] = e
	t.names[key] = append(t.names[key], e.symbol)
}

// readEntry reads `Name,where,kind,never`.
func readEntry(symbol, text string, kinds map[string]platform.ArgKind) entry {
	p := strings.Split(text+",,,", ",")
	where, auth := strings.CutSuffix(p[1], "+auth")
	kind := kinds[p[2]]
	least, most := kind.Limits()
	return entry{
		name: p[0], outer: where != "inside", inner: where != "outside", auth: auth,
		kind: kind, least: least, most: most, filled: filled(p[2]), never: readPlaces(p[3]), symbol: symbol,
	}
}

func readPlaces(text string) places {
	var out places
	for i := range len(letters) {
		if strings.IndexByte(text, letters[i]) >= 0 {
			out |= 1 << i
		}
	}
	return out
}
