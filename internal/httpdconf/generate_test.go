package httpdconf_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// generator writes random trees of all that httpd executes while it reads. Most
// are accepted; mistakes are sown in, so that refusals are compared, too.
type generator struct {
	*rand.Rand
	out   strings.Builder
	depth int
	slips int // one line in so many is a mistake
}

func (g *generator) pick(of ...string) string { return of[g.IntN(len(of))] }

// generate gives files by name; main.conf is among them.
func generate(seed uint64) map[string]string {
	random := rand.New(rand.NewPCG(seed, 7))
	slips := []int{1 << 30, 1 << 30, 200, 40}[random.IntN(4)]
	files := map[string]string{}
	for _, name := range []string{"a.conf", "b.conf", "conf.d/1.conf", "conf.d/2.conf", "conf.d/sub/3.conf", "more/x.inc", "more/y.inc"} {
		if random.IntN(5) > 0 {
			files[name] = generateFile(random, slips, 2+random.IntN(6))
		}
	}
	files["main.conf"] = macros + generateFile(random, slips, 4+random.IntN(14))
	return files
}

// macros are defined at the beginning, so that Use mostly works.
const macros = "<Macro Two $a @b>\nSetEnv $a @b\nSetEnv X$a \"y $a\"\n</Macro>\n<Macro None>\n</Macro>\n"

func generateFile(random *rand.Rand, slips, lines int) string {
	g := &generator{Rand: random, slips: slips}
	g.lines(lines)
	text := g.out.String()
	switch g.IntN(6) {
	case 0:
		text = strings.TrimSuffix(text, "\n")
	case 1:
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

func (g *generator) lines(n int) {
	for range n {
		if g.IntN(g.slips) == 0 {
			g.slip()
		}
		g.any()
	}
}

func (g *generator) line(format string, args ...any) {
	g.out.WriteString(g.pick("", "", "", "  ", "\t", "  \\\n  "))
	fmt.Fprintf(&g.out, format, args...)
	g.out.WriteString(g.pick("", "", "", " ", "\t ", " \\\n"))
	g.out.WriteString("\n")
}

// any writes one command, or a section with what it holds.
func (g *generator) any() {
	switch kind := g.IntN(24); {
	case kind < 7:
		g.line("%s %s %s", g.pick("SetEnv", "setenv", "SETENV", `"SetEnv"`), g.name(), g.value())
	case kind < 9:
		g.line("Define %s %s", g.name(), g.pick("v", `"w x"`, "${A}", "", "SetEnv"))
	case kind == 9:
		g.line("UnDefine %s", g.name())
	case kind == 10:
		g.line("Use %s", g.pick("Two P q", "two R \"s t\"", "None", "Local u", "Two ${A} ${B}"))
	case kind == 11:
		g.macro()
	case kind == 12:
		g.line("Include%s %s", g.pick("Optional", "Optional", "Optional", ""), g.include())
	case kind == 13:
		g.out.WriteString(g.pick("# comment\n", "\n", "   \n", "# comment \\\n  continued\n", "#\n"))
	case kind == 14:
		g.line("UndefMacro %s", g.pick("Local", "Local", "None"))
	default:
		g.section()
	}
}

func (g *generator) name() string { return g.pick("A", "B", "C", "a", "D") }

func (g *generator) value() string {
	return g.pick("x", `"x y"`, "'z'", `"${A}"`, "${B}", `"\\"`, `"a\"b"`, "'a\"b'", "$", `"${undefined}"`, "a#b", `"\x"`, "ä", "x\\\ny", `"${C} ${D}"`)
}

func (g *generator) include() string {
	return g.pick("a.conf", "b.conf", "conf.d/*.conf", "conf.d", "*/*.inc", "more/[xy].inc", "none.conf", "${A}.conf", "*/sub/*.conf", "@ROOT@/more/x.inc", "m*/")
}

func (g *generator) macro() {
	g.line("<Macro Local $v>")
	g.line("SetEnv L $v")
	g.out.WriteString(g.pick("", "# $v\n", "SetEnv M \"$v${A}\"\n", "Define C $v\n", "<If \"true\">\nSetEnv N $v\n</If>\n", "Use None\n", "IncludeOptional b.conf\n"))
	g.line("</Macro>")
}

// section writes a condition, or the one section that may stand everywhere.
func (g *generator) section() {
	if g.depth == 4 {
		return
	}
	open, name := g.opening()
	g.line("<%s>", open)
	g.depth++
	g.lines(g.IntN(4))
	g.depth--
	// A condition's end must be a line of its own, without a continuation.
	fmt.Fprintf(&g.out, "%s</%s>\n", g.pick("", "  "), g.pick(name, name, strings.ToUpper(name)))
}

func (g *generator) opening() (open, name string) {
	not := g.pick("", "", "!")
	switch g.IntN(8) {
	case 0, 1:
		return "IfDefine " + not + g.name(), "IfDefine"
	case 2:
		return "IfModule " + not + g.pick("core.c", "mod_env.c", "ssl_module", "none.c", "mpm_event_module"), "IfModule"
	case 3:
		return "IfVersion " + g.pick(">= 2.4", "< 2.4", "~ ^2", "2.4.1", "!= 3", "> 2.4.0 "), "IfVersion"
	case 4:
		return "IfFile " + not + g.pick("a.conf", "none", "conf.d", "more/x.inc"), "IfFile"
	case 5:
		return g.pick("IfDirective "+not+"SetEnv", "IfDirective SSLEngine"), "IfDirective"
	case 6:
		return g.pick("IfSection Location", "IfSection "+not+"Proxy"), "IfSection"
	}
	return g.pick(`If "true"`, `If "%{REQUEST_URI} == '/a>b'"`), "If"
}

// slip writes a mistake.
func (g *generator) slip() {
	g.out.WriteString(g.pick("</If>\n", "</IfDefine>\n", "<If \"true\">\n", "<IfModule core.c>\n", "<IfModule none.c>\n", "Include none.conf\n",
		"Use Nothing\n", "Use Two a\n", "Define\n", "</IfModule >\n", "<IfVersion x>\n", "<IfDefine>\n", "UndefMacro Nothing\n", "</IfFile\n", "<Macro Open>\n"))
}

func TestGeneratedTreesAgainstHttpd(t *testing.T) {
	labtest.Httpd(t)
	count := 300
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		count = 10000
	}
	outcomes := map[string]*atomic.Int64{"commands": {}, "refusal": {}, "nothing": {}}
	t.Cleanup(func() {
		for outcome, n := range outcomes {
			t.Logf("%s compared: %d", outcome, n.Load())
		}
		if !t.Failed() && (outcomes["commands"].Load() < int64(count/3) || outcomes["refusal"].Load() < int64(count/20)) {
			t.Error("the generator writes too few trees that say something")
		}
	})
	for seed := range count {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			outcomes[putGenerated(t, uint64(seed))].Add(1)
		})
	}
}

func putGenerated(t *testing.T, seed uint64) string {
	t.Helper()
	_, modules := labtest.Httpd(t)
	root := t.TempDir()
	for name, text := range generate(seed) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, localized([]byte(text), root, modules))
	}
	o := httpdOptions(t, root)
	main := filepath.Join(root, "refused-by-command.conf") // a value may be what SetEnv refuses
	write(t, main, fmt.Appendf(nil, wrapper, root, modules))
	return compareTree(t, root, main, o)
}
