package platform_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/platform/gen/ask"
)

func TestVersions(t *testing.T) {
	if diff := cmp.Diff([]string{"2.4.9.4", "2.4.12.3", "2.4.17", "2.4.20"}, platform.Versions()); diff != "" {
		t.Error(diff)
	}
}

func TestTableFor(t *testing.T) {
	cases := map[string]struct {
		want string
		ok   bool
	}{
		"2.4.9.4":  {"2.4.9.4", true},
		"2.4.10":   {"2.4.9.4", true},
		"2.4.12.2": {"2.4.9.4", true},
		"2.4.12.3": {"2.4.12.3", true},
		"2.4.15.1": {"2.4.12.3", true},
		"2.4.19.2": {"2.4.17", true},
		"2.4.20.3": {"2.4.20", true},
		"3.0":      {"2.4.20", true},
		"2.4.9":    {"2.4.9.4", false},
		"":         {"2.4.9.4", false},
		"newest":   {"2.4.9.4", false},
	}
	for version, c := range cases {
		if got, ok := platform.TableFor(version); got.Version != c.want || ok != c.ok {
			t.Errorf("%q: got %s, %v; want %s, %v", version, got.Version, ok, c.want, c.ok)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	ordered := []string{"2.4.9", "2.4.9.4", "2.4.10", "2.4.12.3", "2.4.16.11", "2.4.17rc1", "2.4.20", "10"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := platform.CompareVersions(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%s, %s: %d", a, b, got)
			}
		}
	}
	if platform.CompareVersions("2.4.20", "2.4.20.0") != 0 {
		t.Error("2.4.20 and 2.4.20.0 differ")
	}
}

// TestTables holds the tables to what httpd -L counted, to order, and to facts
// that are known from elsewhere (the module's ChangeLog and README).
func TestTables(t *testing.T) {
	counts := map[string]int{"2.4.9.4": 121, "2.4.12.3": 129, "2.4.17": 138, "2.4.20": 144}
	for version, want := range counts {
		table, _ := platform.TableFor(version)
		all := table.All()
		if len(all) != want || table.Len() != want || !strings.HasPrefix(table.Program, "libapache2-mod-auth-openidc "+version) {
			t.Errorf("%s: %d directives of %s, want %d", version, len(all), table.Program, want)
		}
		if !slices.IsSortedFunc(all, func(a, b platform.Directive) int {
			return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
		}) {
			t.Errorf("%s is not sorted", version)
		}
		for _, d := range all {
			checkDirective(t, table, d)
		}
	}
}

func checkDirective(t *testing.T, table platform.Table, d platform.Directive) {
	t.Helper()
	least, most := d.Kind.Limits()
	if d.Kind == platform.InvalidKind || d.MinArgs != least || d.MaxArgs != most || !d.Server || !strings.HasPrefix(d.Name, "OIDC") {
		t.Errorf("%s: %+v", table.Version, d)
	}
	if d.Since != "" && platform.CompareVersions(d.Since, table.Version) > 0 || d.Until != "" && platform.CompareVersions(d.Until, table.Version) < 0 {
		t.Errorf("%s: %s is there from %q until %q", table.Version, d.Name, d.Since, d.Until)
	}
	if got, ok := table.Lookup(strings.ToUpper(d.Name)); !ok || got != d {
		t.Errorf("%s: Lookup(%s) gives %v, %v", table.Version, strings.ToUpper(d.Name), got, ok)
	}
}

func TestLookup(t *testing.T) {
	cases := map[string]struct {
		version, name string
		want          platform.Directive // zero: not there
	}{
		"one or two arguments, later": {"2.4.12.3", "oidcunauthaction", platform.Directive{Name: "OIDCUnAuthAction", Kind: platform.Take12, MinArgs: 1, MaxArgs: 2, Server: true, Directory: true}},
		"one argument":                {"2.4.12.3", "OIDCCryptoPassphrase", platform.Directive{Name: "OIDCCryptoPassphrase", Kind: platform.Take1, MinArgs: 1, MaxArgs: 1, Server: true}},
		"came":                        {"2.4.12.3", "OIDCXForwardedHeaders", platform.Directive{Name: "OIDCXForwardedHeaders", Kind: platform.Iterate, MinArgs: 1, MaxArgs: platform.Many, Server: true, Since: "2.4.12.3"}},
		"not yet there":               {"2.4.9.4", "OIDCXForwardedHeaders", platform.Directive{}},
		"goes":                        {"2.4.12.3", "OIDCTokenBindingPolicy", platform.Directive{Name: "OIDCTokenBindingPolicy", Kind: platform.Take1, MinArgs: 1, MaxArgs: 1, Server: true, Until: "2.4.12.3"}},
		"gone":                        {"2.4.17", "OIDCTokenBindingPolicy", platform.Directive{}},
		"not of the module":           {"2.4.17", "ServerName", platform.Directive{}},
		"empty":                       {"2.4.17", "", platform.Directive{}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			table, _ := platform.TableFor(c.version)
			got, ok := table.Lookup(c.name)
			if diff := cmp.Diff(c.want, got); diff != "" || ok != (c.want.Name != "") {
				t.Errorf("%v %s", ok, diff)
			}
		})
	}
}

func TestAllGivesACopy(t *testing.T) {
	table, _ := platform.TableFor("2.4.17")
	table.All()[0].Name = "changed"
	if table.All()[0].Name == "changed" {
		t.Error("the table was changed from outside")
	}
}

// TestTableIsWhatTheProgramSays asks the program at hand again.
func TestTableIsWhatTheProgramSays(t *testing.T) {
	program := ask.Debian("")
	pkg, err := program.Package()
	if err != nil {
		if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
			t.Fatalf("%v (FEDSTONE_REQUIRE_LAB=1)", err)
		}
		t.Skipf("nothing to compare with: %v", err)
	}
	_, debian, _ := strings.Cut(pkg, " ")
	version, _, _ := strings.Cut(debian, "-")
	table, _ := platform.TableFor(version)
	if !strings.HasPrefix(version, table.Version) {
		t.Skipf("%s has no table of its own", pkg)
	}
	want, err := program.Directives(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, table.All(), cmpopts.IgnoreFields(platform.Directive{}, "Since", "Until")); diff != "" {
		t.Errorf("table of %s (-%s +table):\n%s", table.Version, pkg, diff)
	}
}
