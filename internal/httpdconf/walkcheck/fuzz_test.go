package walkcheck_test

import (
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/internal/platform"
)

// one is a configuration of one file that is nowhere on disk.
type one struct{ fstest.MapFS }

func (o one) Stat(name string) (fs.FileInfo, error) {
	return o.MapFS.Stat(strings.TrimPrefix(name, "/"))
}
func (o one) ReadDir(string) ([]fs.DirEntry, error) { return nil, fs.ErrNotExist }
func (o one) Open(name string) (io.ReadCloser, error) {
	return o.MapFS.Open(strings.TrimPrefix(name, "/"))
}
func (o one) Show(name string) string { return name }

// FuzzCheck: any configuration is judged without panic; every problem is of a
// command of the tree, has a message and is told once; and with the table of a
// version nothing is right that is wrong by all tables.
func FuzzCheck(f *testing.F) {
	for _, c := range cases {
		f.Add(c.text)
	}
	for seed := range uint64(20) {
		f.Add(generate(seed))
	}
	table, _ := platform.TableFor("2.4.20")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		files := one{fstest.MapFS{"main.conf": {Data: []byte("LoadModule authz_core_module x\nLoadModule env_module x\nLoadModule auth_openidc_module x\n" + text)}}}
		tree, _, err := httpdconf.Load("/main.conf", httpdconf.Options{Files: files})
		if err != nil {
			t.Fatal(err)
		}
		in := map[*httpdconf.Command]bool{}
		for c := range tree.All() {
			in[c] = true
		}
		one := checkProblems(t, in, walkcheck.Check(tree, walkcheck.Options{Module: table}))
		for c := range checkProblems(t, in, walkcheck.Check(tree, walkcheck.Options{})) {
			if !one[c] {
				t.Fatalf("%s is wrong by all tables, and right by one", c.At())
			}
		}
	})
}

func checkProblems(t *testing.T, in map[*httpdconf.Command]bool, problems []walkcheck.Problem) map[*httpdconf.Command]bool {
	t.Helper()
	told := map[*httpdconf.Command]bool{}
	early := map[*httpdconf.Command]bool{}
	for _, p := range problems {
		late := strings.HasPrefix(p.Message, "Multiple ") || strings.HasPrefix(p.Message, "<Proxy> arguments")
		switch {
		case !in[p.Command], p.Kind == walkcheck.InvalidKind, p.Message == "" && p.Kind != walkcheck.ErrorDirective:
			t.Fatalf("problem %+v", p)
		case !late && early[p.Command]:
			t.Fatalf("%s is told twice", p.Command.At())
		}
		told[p.Command] = true
		early[p.Command] = early[p.Command] || !late
	}
	return told
}
