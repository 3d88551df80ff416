package pysettings_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/pysettings"
)

var update = flag.Bool("update", false, "write the golden files anew")

func text(t *testing.T, path string) string {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func shapes(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("testdata/shapes/*.py")
	if err != nil || len(found) < 3 {
		t.Fatal(found, err)
	}
	return found
}

// TestShapes shows what is read of the files that deployments write.
func TestShapes(t *testing.T) {
	for _, path := range shapes(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			f, list := pysettings.Parse("local_settings.py", []byte(text(t, path)))
			if len(list) > 0 {
				t.Fatal(list)
			}
			labtest.Golden(t, strings.TrimSuffix(path, ".py")+".golden", []byte(describe(pysettings.New(f))), *update)
		})
	}
}

// describe lists every setting with its place, and the parts below it.
func describe(c *pysettings.Config) string {
	var out strings.Builder
	for _, name := range c.Names() {
		s, _ := c.Get(name)
		fmt.Fprintf(&out, "%s at %s\n", name, place(s.NameAt.Start.Line, s.NameAt.Start.Column, s.NameAt.End.Line, s.NameAt.End.Column))
		describePart(&out, s.Part, "  ")
	}
	return out.String()
}

func place(numbers ...int) string {
	return fmt.Sprintf("%d:%d-%d:%d", numbers[0], numbers[1], numbers[2], numbers[3])
}

func describePart(out *strings.Builder, p pysettings.Part, indent string) {
	what := "undecided: " + p.Why
	if p.Decided {
		what = show(p.Value)
	}
	if p.Translated {
		what += " (translated)"
	}
	if p.Key != nil {
		what = show(p.Key.Value) + " → " + what
	}
	fmt.Fprintf(out, "%s%s %s\n", indent, place(p.At.Start.Line, p.At.Start.Column, p.At.End.Line, p.At.End.Column), what)
	for _, part := range p.Parts {
		describePart(out, part, indent+"  ")
	}
}

// TestInstalled reads what Debian's package installs, if it is there, and executes
// it with the shapes in the real programs.
func TestInstalled(t *testing.T) {
	cases := [][]string{}
	for _, path := range shapes(t) {
		cases = append(cases, []string{text(t, path)})
	}
	installed, err := filepath.Glob("/etc/openstack-dashboard/local_settings.d/*.py")
	if err != nil {
		t.Fatal(err)
	}
	const debian = "/etc/openstack-dashboard/local_settings.py"
	if _, err := os.Stat(debian); err == nil {
		sort.Strings(installed)
		files := []string{text(t, debian)}
		for _, path := range installed {
			files = append(files, text(t, path))
		}
		cases = append(cases, files)
	} else {
		labtest.Require(t, "Debian's openstack-dashboard is not installed")
	}
	labtest.EachPython(t, func(t *testing.T, p labtest.Python) {
		if n := compareAll(t, p, cases); n.raised+n.refused > 0 || n.decided < 30 {
			t.Errorf("%+v", n)
		}
	})
}
