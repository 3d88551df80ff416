package walkcheck

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/platform"
)

var update = flag.Bool("update", false, "ask httpd for all of commands.txt")

const header = "# symbol, directives: name, where (outside or inside of sections, any; +auth: in <RequireAll>, too), kind of arguments, letters of sections that it refuses; as httpd 2.4.71 answers\n"

// TestHttpdAgreesOnTheTable asks the installed httpd for its directives. Names may
// differ where it is another point release; what is said of a name may not.
// Counts and refused sections take a run each: of those, some are asked for, and
// with FEDSTONE_DEEP=1 all.
func TestHttpdAgreesOnTheTable(t *testing.T) {
	a := newAsker(t)
	listed := a.listed()
	if *update {
		labtest.Golden(t, "commands.txt", written(a, listed), true)
		return
	}
	every := 60
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		every = 1
	}
	asked := 0
	for _, symbol := range slices.Sorted(maps.Keys(listed)) {
		for _, e := range listed[symbol] {
			ours, ok := stock().modules[symbol][strings.ToLower(e.name)]
			if !ok || skipped(symbol) {
				continue
			}
			if diff := cmp.Diff([]bool{e.outer, e.inner, e.auth}, []bool{ours.outer, ours.inner, ours.auth}); diff != "" {
				t.Errorf("%s of %s stands outside, inside, in containers (-httpd +ours): %s", e.name, symbol, diff)
			}
			if asked++; asked%every == 0 {
				compareEntry(t, a, e, ours)
			}
		}
	}
	if asked < 600 {
		t.Errorf("only %d directives are in both", asked)
	}
}

func compareEntry(t *testing.T, a *asker, e, ours entry) {
	t.Helper()
	kind := a.kind(e)
	if kinds()[kind] != ours.kind {
		t.Errorf("%s takes %s", e.name, kind)
	}
	if never := a.never(e, kind); readPlaces(never) != ours.never {
		t.Errorf("%s refuses %q, not %06b", e.name, never, ours.never)
	}
	if ours.kind == platform.Raw {
		return // what it says of counts, it says by itself
	}
	for _, words := range [][]string{{}, {"x"}, {"x", "x"}, {"x", "x", "x"}, {"x", "x", "x", "x"}, {`""`}, {`""`, "x"}, {"x", `""`}, {"x", `""`, "x"}} {
		said := a.counted(e, e.name+" "+strings.Join(words, " "))
		for i := range words {
			words[i] = strings.Trim(words[i], `"`)
		}
		if refusal := refusal(ours, words); (refusal != "") != (said != "") {
			t.Errorf("%s %q: httpd says %q, ours %q", e.name, words, said, refusal)
		}
	}
}

// skipped is the module of which package platform has tables.
func skipped(symbol string) bool { return symbol == "auth_openidc_module" }

// written asks for everything.
func written(a *asker, listed map[string][]entry) []byte {
	var out strings.Builder
	out.WriteString(header)
	for _, symbol := range slices.Sorted(maps.Keys(listed)) {
		if skipped(symbol) {
			continue
		}
		out.WriteString(symbol)
		for _, e := range listed[symbol] {
			kind := a.kind(e)
			where := map[[2]bool]string{{true, true}: "any", {true, false}: "outside", {false, true}: "inside"}[[2]bool{e.outer, e.inner}]
			if e.auth {
				where += "+auth"
			}
			fmt.Fprintf(&out, " %s,%s,%s", e.name, where, kind)
			if never := a.never(e, kind); never != "" {
				out.WriteString("," + never)
			}
		}
		out.WriteString("\n")
	}
	return []byte(out.String())
}
