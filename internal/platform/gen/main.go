// Command gen writes the directive tables of package platform from four httpd
// installations; README.md beside it tells how to make them.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/platform/gen/ask"
)

// suite is a Debian suite and the version of mod_auth_openidc it is tabled for.
type suite struct{ name, version string }

func main() {
	roots := flag.String("roots", "", "folder that holds one Debian installation a suite: bullseye, bookworm, trixie, testing")
	out := flag.String("o", ".", "folder to write the tables to")
	flag.Parse()
	if err := generate(*roots, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func generate(roots, out string) error {
	suites := []suite{{"bullseye", "2.4.9.4"}, {"bookworm", "2.4.12.3"}, {"trixie", "2.4.17"}, {"testing", "2.4.20"}}
	var tables []table
	for _, s := range suites {
		t, err := read(filepath.Join(roots, s.name), s.version)
		if err != nil {
			return err
		}
		tables = append(tables, t)
	}
	span(tables)
	return write(tables, out)
}

// table is what one program answered.
type table struct {
	version, program string
	directives       []platform.Directive
}

// read asks the program of one suite. The package's version must be the tabled
// one or a correction of it.
func read(root, version string) (table, error) {
	p := ask.Debian(root)
	pkg, err := p.Package()
	if err != nil {
		return table{}, err
	}
	_, have, _ := strings.Cut(pkg, " ")
	if upstream, _, _ := strings.Cut(have, "-"); upstream != version && !strings.HasPrefix(upstream, version+".") {
		return table{}, fmt.Errorf("%s holds %s, expected version %s", root, pkg, version)
	}
	list, err := p.Directives("/tmp")
	return table{version, pkg, list}, err
}

// span sets Since and Until over all tables.
func span(tables []table) {
	first, last := map[string]int{}, map[string]int{}
	for i, t := range tables {
		for _, d := range t.directives {
			if _, ok := first[d.Name]; !ok {
				first[d.Name] = i
			}
			last[d.Name] = i
		}
	}
	for _, t := range tables {
		for i := range t.directives {
			d := &t.directives[i]
			if n := first[d.Name]; n > 0 {
				d.Since = tables[n].version
			}
			if n := last[d.Name]; n < len(tables)-1 {
				d.Until = tables[n].version
			}
		}
	}
}
