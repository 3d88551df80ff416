package httpdconf_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// wrapper stands around a tree that does not bring all httpd needs. %[1]s is the
// folder of the tree, %[2]s that of the modules.
const wrapper = `ServerName localhost
ServerRoot "%[1]s"
DefaultRuntimeDir "%[1]s"
ErrorLog /dev/null
PidFile "%[1]s/pid"
LoadModule mpm_event_module "%[2]s/mod_mpm_event.so"
LoadModule authz_core_module "%[2]s/mod_authz_core.so"
LoadModule authn_core_module "%[2]s/mod_authn_core.so"
LoadModule info_module "%[2]s/mod_info.so"
LoadModule alias_module "%[2]s/mod_alias.so"
LoadModule env_module "%[2]s/mod_env.so"
LoadModule macro_module "%[2]s/mod_macro.so"
Listen 127.0.0.1:1
Include main.conf
`

var versionLine = regexp.MustCompile(`Apache/(\d+\.\d+\.\d+)`)

// real is httpd's answer about a tree.
type real struct {
	accepted bool
	dump     string // what -D DUMP_CONFIG prints
	stderr   string
	at       string // path:line of what it refuses while reading; "" else
}

const commandLine = "-c/-C directives"

var refusal = regexp.MustCompile(`Syntax error on line (\d+) of ([^\n]*?):(?: |$)`)

// askTree runs httpd on a main file.
func askTree(t testing.TB, root, main string, o httpdconf.Options) real {
	t.Helper()
	program, _ := labtest.Httpd(t)
	args := []string{"-t", "-d", root, "-f", main}
	for flag, values := range map[string][]string{"-D": o.Defines, "-C": o.Before, "-c": o.After} {
		for _, v := range values {
			args = append(args, flag, v)
		}
	}
	cmd := exec.Command(program, args...)
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	for k, v := range o.Env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, refused := err.(*exec.ExitError); err != nil && !refused {
		t.Fatal(err)
	}
	r := real{accepted: err == nil, dump: stdout.String(), stderr: stderr.String()}
	if reading := stderr.String(); !r.accepted && !strings.Contains(reading, "AH00526") {
		for _, m := range refusal.FindAllStringSubmatch(reading, -1) {
			r.at = m[2] + ":" + m[1]
		}
		if strings.Contains(reading, "Syntax error in -C/-c directive:") {
			r.at = commandLine // httpd does not number it
		}
	}
	return r
}

// httpdVersion is asked of the program, once, so that IfVersion decides the same.
var httpdVersion = sync.OnceValue(func() httpdconf.Version {
	for _, program := range []string{"/usr/sbin/apache2", "/usr/sbin/httpd"} {
		out, err := exec.Command(program, "-v").Output()
		if m := versionLine.FindStringSubmatch(string(out)); err == nil && m != nil {
			version, _ := httpdconf.ParseVersion(m[1])
			return version
		}
	}
	return httpdconf.Version{}
})

// httpdOptions are what the machine's own httpd knows by itself.
func httpdOptions(t testing.TB, root string) httpdconf.Options {
	t.Helper()
	labtest.Httpd(t)
	return httpdconf.Options{ServerRoot: root, Version: httpdVersion(), Static: httpdconf.StaticModules("debian"), Defines: []string{"DUMP_CONFIG"}}
}

// compareTree loads a tree and puts it to httpd: both must accept it and have the
// same commands, or refuse it at the same line.
//
// It gives what was compared: "commands", "refusal" or, where a command refuses
// its arguments after all was read, "nothing".
func compareTree(t *testing.T, root, main string, o httpdconf.Options) string {
	t.Helper()
	tree, found, err := httpdconf.Load(main, o)
	if err != nil {
		t.Fatal(err)
	}
	theirs := askTree(t, root, main, o)
	switch {
	case tree.Refused != nil && theirs.accepted:
		t.Fatalf("httpd accepts it; we say %s", drawnFindings(found))
	case tree.Refused != nil:
		ours := fmt.Sprintf("%s:%d", tree.Refused.Unit.Name, tree.Refused.Line)
		if tree.Refused.Unit.Name == commandLine {
			ours = commandLine
		}
		if ours != theirs.at && (theirs.at == "" || len(theirs.stderr) < longestMessage) {
			t.Fatalf("we refuse %s, httpd %q\nwe: %shttpd: %s", ours, theirs.at, drawnFindings(found), theirs.stderr)
		}
		return "refusal"
	case theirs.at != "" || !theirs.accepted && !strings.Contains(theirs.stderr, "AH"):
		t.Fatalf("httpd refuses it: %s", theirs.stderr)
	case !theirs.accepted:
		return compareWalk(t, tree, main, theirs)
	}
	for _, p := range walkcheck.Check(tree, walkcheck.Options{}) {
		if p.Sure {
			t.Errorf("httpd accepts it; we say %s: %s", p.Command.At(), p.Message)
		}
	}
	if diff := cmp.Diff(lowered(theirs.dump), lowered(dump(tree))); diff != "" {
		t.Fatalf("(-httpd +ours):\n%s", diff)
	}
	return "commands"
}

var walked = regexp.MustCompile(`AH00526: Syntax error on line (\d+) of (.*):\n(.*)`)

// compareWalk is for what httpd refuses after it has read all. What a command says
// of the values of its arguments is not known here.
func compareWalk(t *testing.T, tree *httpdconf.Tree, main string, theirs real) string {
	t.Helper()
	m := walked.FindStringSubmatch(theirs.stderr)
	if problems := walkcheck.Check(tree, walkcheck.Options{}); len(problems) > 0 {
		p := problems[0]
		if at := fmt.Sprintf("%s:%d", p.Command.Unit().Name, p.Command.Line()); m == nil || at != m[2]+":"+m[1] {
			t.Fatalf("we refuse %s, %s; httpd: %s", at, p.Message, theirs.stderr)
		}
		return "refusal"
	}
	if !known(main) {
		t.Fatalf("a command refuses its arguments, so nothing is compared:\n%s", theirs.stderr)
	}
	return "nothing"
}

// longestMessage is near where httpd cuts what it says, and with it the innermost
// place.
const longestMessage = 8000

// known are trees that are written to be refused by a command, not by the reader.
func known(main string) bool { return strings.Contains(main, "refused-by-command") }

func drawnFindings(found finding.List) string {
	var out strings.Builder
	for _, f := range found {
		fmt.Fprintf(&out, "%s: %s: %s [%s]\n", f.At, f.Severity, f.Message, f.Slug)
	}
	return out.String()
}

// dump draws a tree as mod_info does for -D DUMP_CONFIG.
func dump(tree *httpdconf.Tree) string {
	d := dumper{}
	d.commands(tree.Top(), 0)
	return d.out.String()
}

type dumper struct {
	out  strings.Builder
	file string
}

// commands is mod_info_module_cmds for all modules.
func (d *dumper) commands(list func(func(*httpdconf.Command) bool), level int) {
	for c := range list {
		d.show(c, level)
		children := 0
		for range c.Children() {
			children++
			break
		}
		if children == 0 {
			continue
		}
		d.commands(c.Children(), level+1)
		d.indent(c.Unit().Name, 0, level)
		fmt.Fprintf(&d.out, "</%s>\n", c.Name)
	}
}

func (d *dumper) show(c *httpdconf.Command, level int) {
	d.indent(c.Unit().Name, c.Line(), level)
	bracket := ""
	if c.Section {
		bracket = "<"
	}
	fmt.Fprintf(&d.out, "%s%s %s\n", bracket, c.Name, c.RawLine())
}

func (d *dumper) indent(file string, line, level int) {
	if d.file != file {
		fmt.Fprintf(&d.out, "# In file: %s\n", file)
		d.file = file
	}
	if line > 0 {
		fmt.Fprintf(&d.out, "%s#%4s:\n", strings.Repeat("  ", level), strconv.Itoa(line))
	}
	d.out.WriteString(strings.Repeat("  ", level))
}

// lowered lowers the names of commands: httpd shows those of its tables.
func lowered(dump string) string {
	lines := strings.Split(dump, "\n")
	for i, line := range lines {
		trimmed := strings.TrimLeft(line, " ")
		if strings.HasPrefix(trimmed, "#") {
			continue
		}
		name, rest, _ := strings.Cut(trimmed, " ")
		lines[i] = line[:len(line)-len(trimmed)] + strings.ToLower(name) + " " + rest
	}
	return strings.Join(lines, "\n")
}

// TestTreesAgainstHttpd puts each folder of testdata/trees to httpd. main.conf is
// included by the wrapper above. A file named run says how it is run: `define
// NAME`, `env NAME=value`, `before LINE` and `after LINE` for directives of the
// command line, `main PATH` for a tree that needs no wrapper. @ROOT@, @MODULES@ and
// @STAR@ stand for the folder, httpd's modules and `*`.
func TestTreesAgainstHttpd(t *testing.T) {
	_, modules := labtest.Httpd(t)
	folders, err := filepath.Glob("testdata/trees/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			if real, err := filepath.EvalSymlinks(root); err == nil {
				root = real
			}
			copyTree(t, folder, root, modules)
			o := httpdOptions(t, root)
			main := prepare(t, folder, root, modules, &o)
			compareTree(t, root, main, o)
		})
	}
}

// prepare gives a tree what it needs to be run here, and its main file.
func prepare(t *testing.T, folder, root, modules string, o *httpdconf.Options) (main string) {
	t.Helper()
	for line := range strings.Lines(readIf(filepath.Join(folder, "run"))) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch key {
		case "define":
			o.Defines = append(o.Defines, value)
		case "env":
			name, text, _ := strings.Cut(value, "=")
			if o.Env == nil {
				o.Env = map[string]string{}
			}
			o.Env[name] = strings.ReplaceAll(text, "@ROOT@", root)
		case "before":
			o.Before = append(o.Before, text(value, root))
		case "after":
			o.After = append(o.After, text(value, root))
		case "main":
			main = filepath.Join(root, value)
		}
	}
	if main != "" {
		return main
	}
	name := filepath.Base(folder) + "-wrapper.conf"
	write(t, filepath.Join(root, name), fmt.Appendf(nil, wrapper, root, modules))
	return filepath.Join(root, name)
}

func text(value, root string) string { return strings.ReplaceAll(value, "@ROOT@", root) }

func readIf(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(text)
}

// copyTree copies a tree and puts this place's paths where @ROOT@ and @MODULES@
// stand.
func copyTree(t *testing.T, from, to, modules string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.ReplaceAll(rel, "@STAR@", "*")) // Go modules hold no such names
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		case d.Type()&os.ModeSymlink != 0:
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(string(localized([]byte(link), to, modules)), target)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, localized(text, to, modules), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func localized(text []byte, root, modules string) []byte {
	text = bytes.ReplaceAll(text, []byte("@ROOT@"), []byte(root))
	return bytes.ReplaceAll(text, []byte("@MODULES@"), []byte(modules))
}
