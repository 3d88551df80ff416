package httpdconf_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// prelude is what httpd needs to judge a file: modules, and no file of the host.
const prelude = `ServerName localhost
ErrorLog /dev/null
DefaultRuntimeDir %[1]s
PidFile %[1]s/pid
LoadModule mpm_event_module %[2]s/mod_mpm_event.so
LoadModule authz_core_module %[2]s/mod_authz_core.so
LoadModule info_module %[2]s/mod_info.so
Listen 127.0.0.1:1
Include %[1]s/case.conf
`

// ask gives the text to httpd as an included file, and gives its output and
// whether it accepts the configuration.
func ask(t testing.TB, text []byte, dump string) (output string, accepted bool) {
	t.Helper()
	program, modules := labtest.Httpd(t)
	dir := t.TempDir()
	main := filepath.Join(dir, "main.conf")
	write(t, main, fmt.Appendf(nil, prelude, dir, modules))
	write(t, filepath.Join(dir, "case.conf"), text)
	out, err := exec.Command(program, "-t", "-D", dump, "-f", main).CombinedOutput()
	if _, refused := err.(*exec.ExitError); err != nil && !refused {
		t.Fatal(err)
	}
	return string(out), err == nil
}

func write(t testing.TB, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// dumped gives what -D DUMP_CONFIG shows of case.conf: `line: text`, the text
// without indentation, names in lower case.
func dumped(output string) string {
	_, output, _ = strings.Cut(output, "/case.conf\n")
	output, _, _ = strings.Cut(output, "# In file: ")
	var lines []string
	number := ""
	for line := range strings.SplitSeq(output, "\n") {
		line = strings.TrimLeft(line, " ")
		if n, ok := strings.CutPrefix(line, "#"); ok {
			number = strings.TrimSpace(n)
		} else if line != "" && line != "Syntax OK" && !strings.HasPrefix(line, "</") {
			lines = append(lines, number+" "+lowerName(line))
		}
	}
	return strings.Join(lines, "\n")
}

func lowerName(line string) string {
	name, rest, _ := strings.Cut(line, " ")
	if section, ok := strings.CutSuffix(rest, ">"); ok {
		rest = strings.TrimRight(section, " ") + ">" // we drop the space before the bracket
	}
	return strings.ToLower(name) + " " + rest
}

// expected draws our tree as httpd dumps its own: conditions are decided (all but
// core.c are false), Define is gone, a directive's line is its last physical one.
func expected(file *httpdconf.File) string {
	var lines []string
	httpdconf.Walk(file.Nodes, func(_ []*httpdconf.Node, n *httpdconf.Node) bool {
		text := n.Name + " " + n.RawArgs
		switch {
		case n.Is("IfModule"):
			return n.RawArgs == "core.c"
		case n.Is("Define"):
			return true
		case n.Kind == httpdconf.Section:
			text = "<" + text + ">"
		case n.Kind != httpdconf.Directive:
			return true
		}
		lines = append(lines, fmt.Sprintf("%d: %s", n.At.End.Line, lowerName(text)))
		return true
	})
	return strings.Join(lines, "\n")
}

func TestHttpdAgrees(t *testing.T) {
	for name, c := range parseCases {
		t.Run(name, func(t *testing.T) {
			file, found := httpdconf.Parse("case.conf", []byte(c.src))
			output, accepted := ask(t, []byte(c.src), "DUMP_CONFIG")
			if agree := accepted == !found.HasErrors(); agree != (c.differs == "") {
				t.Fatalf("httpd accepted: %v; our findings: %q; known difference: %q\n%s", accepted, listed(found), c.differs, output)
			}
			if !accepted || c.differs != "" {
				return
			}
			if diff := cmp.Diff(expected(file), dumped(output)); (diff != "") != (c.dump != "") {
				t.Errorf("known difference: %q (-ours +httpd):\n%s", c.dump, diff)
			}
		})
	}
}

// TestHttpdAgreesOnTheLongestLine: one byte decides.
func TestHttpdAgreesOnTheLongestLine(t *testing.T) {
	const longest = 16<<20 - 1
	for _, length := range []int{longest, longest + 1} {
		for name, tail := range map[string]string{"plain": "b\n", "continued": "\\\nb\n"} {
			line := "ServerAdmin " + strings.Repeat("a", length-len("ServerAdmin b")) + tail
			_, found := httpdconf.Parse("case.conf", []byte(line))
			output, accepted := ask(t, []byte(line), "DUMP_CONFIG")
			if accepted == found.HasErrors() || accepted != (length == longest) {
				t.Errorf("%s, %d bytes: httpd accepted: %v; our findings: %q\n%.200s", name, length, accepted, listed(found), output)
			}
		}
	}
}

// TestHttpdAgreesOnWords puts random lines to httpd and compares every argument:
// ServerAlias takes any number, and -D DUMP_VHOSTS shows each.
func TestHttpdAgreesOnWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Split(`a|b|"|'|\|\\|\"| |  |`+"\t|\v|ä|<|>|#|\\\n|\\\r\n", "|")
	var lines bytes.Buffer
	for i := range 4000 {
		fmt.Fprintf(&lines, "ServerAlias m%d ", i)
		for range random.IntN(12) {
			lines.WriteString(pieces[random.IntN(len(pieces))])
		}
		lines.WriteByte('\n')
	}
	compareAliases(t, lines.Bytes())
}

// TestHttpdReadsQuotedValuesBack does the same with what Quote writes.
func TestHttpdReadsQuotedValuesBack(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	alphabet := []rune(`ab"'\ <>#$%{}()[]&;|^~=,:/äß€😀` + "\u0085\u00a0\u2028")
	var lines bytes.Buffer
	var want []string
	for range 4000 {
		value := make([]rune, random.IntN(9))
		for i := range value {
			value[i] = alphabet[random.IntN(len(alphabet))]
		}
		if strings.Contains(string(value), "${") {
			continue
		}
		want = append(want, string(value))
		quote := []func(string) (string, error){httpdconf.Quote, httpdconf.QuoteAlways}[random.IntN(2)]
		word, err := quote(string(value))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&lines, "ServerAlias %s\n", word)
	}
	got := compareAliases(t, lines.Bytes())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-value +read back):\n%s", diff)
	}
}

// compareAliases compares the arguments of ServerAlias lines as we and as httpd
// read them, and gives httpd's.
func compareAliases(t *testing.T, lines []byte) []string {
	t.Helper()
	vhosts := "Listen 127.0.0.1:81\n<VirtualHost *:81>\nServerName a\n</VirtualHost>\n<VirtualHost *:81>\nServerName b\n%s</VirtualHost>\n"
	text := fmt.Appendf(nil, vhosts, lines)
	file, _ := httpdconf.Parse("case.conf", text)
	var ours []string
	httpdconf.Walk(file.Nodes, func(_ []*httpdconf.Node, n *httpdconf.Node) bool {
		if n.Is("ServerAlias") {
			ours = append(ours, n.Values()...)
		}
		return true
	})
	output, accepted := ask(t, text, "DUMP_VHOSTS")
	if !accepted {
		t.Fatalf("httpd refuses the configuration:\n%s", output)
	}
	var httpds []string
	for line := range strings.SplitSeq(output, "\n") {
		if alias, ok := strings.CutPrefix(line, strings.Repeat(" ", 17)+"alias "); ok {
			httpds = append(httpds, alias)
		}
	}
	if diff := cmp.Diff(ours, httpds); diff != "" {
		t.Fatalf("(-ours +httpd):\n%s", diff)
	}
	return httpds
}

// TestHttpdAgreesOnRandomFiles puts random heaps of sections and lines to httpd:
// it must refuse exactly those we report, and read the others as we do.
func TestHttpdAgreesOnRandomFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	pieces := []string{
		"<Location /a>\n", "<Location \"/b>c\">\n", "</Location>\n", "</LOCATION>\n", "</Location> x\n",
		"<IfModule core.c>\n", "</IfModule>\n", "<IfModule none.c>\n", "</ifmodule>\n",
		"Require all granted\n", " Require \\\n  all granted\n", "# c \\\n", "\n", "  \\\n", "Require all granted \\\r\n\r\n", "</Location >\n",
	}
	for range 150 {
		var text strings.Builder
		for range 1 + random.IntN(7) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		// The only directive needs a Location around it.
		src := "<Location /z>\n" + text.String() + "</Location>\n"
		compareFile(t, src)
	}
}

func compareFile(t *testing.T, src string) {
	t.Helper()
	file, found := httpdconf.Parse("case.conf", []byte(src))
	output, accepted := ask(t, []byte(src), "DUMP_CONFIG")
	if strings.Contains(output, "not allowed here") || strings.Contains(output, "not allowed in") {
		return // a section inside another: the command's business
	}
	if accepted == found.HasErrors() {
		t.Fatalf("%q: httpd accepted: %v; our findings: %q\n%s", src, accepted, listed(found), output)
	}
	if diff := cmp.Diff(expected(file), dumped(output)); accepted && diff != "" {
		t.Fatalf("%q (-ours +httpd):\n%s", src, diff)
	}
}
