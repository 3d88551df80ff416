package httpdconf_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// load reads files that are nowhere on disk; /main.conf is the first.
func load(t testing.TB, files map[string]string, o httpdconf.Options) (*httpdconf.Tree, finding.List) {
	t.Helper()
	o.Files = inMemory(files)
	if o.Modules == nil {
		o.Modules = []string{"macro_module", "version_module", "mpm_event_module", "env_module"}
	}
	tree, found, err := httpdconf.Load("/main.conf", o)
	if err != nil {
		t.Fatal(err)
	}
	return tree, found
}

// drawnTree draws the commands with their places, one a line.
func drawnTree(tree *httpdconf.Tree) string {
	var lines []string
	for c := range tree.All() {
		depth := 0
		for p := c.Parent(); p != nil; p = p.Parent() {
			depth++
		}
		line := fmt.Sprintf("%s%s %s [%s]", strings.Repeat("  ", depth), c.At(), c.Name, strings.Join(c.Argv(), "|"))
		for _, r := range c.Chain() {
			line += fmt.Sprintf(" < %s %s", r.Message, r.At)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func drawnShort(found finding.List) string {
	var lines []string
	for _, f := range found {
		lines = append(lines, fmt.Sprintf("%s %s %s", f.At, f.Severity, f.Slug))
	}
	return strings.Join(lines, "\n")
}

// The trees of testdata/trees tell what httpd makes of a configuration; these
// tell what we say of it besides.
var loadCases = map[string]struct {
	files    map[string]string
	options  httpdconf.Options
	want     string
	findings string
}{
	"places through includes and macros": {
		files: map[string]string{
			"/main.conf":  "<Macro M $a>\n  SetEnv A \\\n    $a\n</Macro>\n<Location /x>\n  Include /sub/*.conf\n</Location>\n",
			"/sub/1.conf": "# first\n  Use M one\nSetEnv B ä\n",
		},
		want: "/main.conf:5:1 Location [/x]\n" +
			"  /main.conf:2:3 SetEnv [A|one] < the macro is used here /sub/1.conf:2:3 < included here /main.conf:6:3\n" +
			"  /sub/1.conf:3:1 SetEnv [B|ä] < included here /main.conf:6:3",
	},
	"an undefined variable": {
		files:    map[string]string{"/main.conf": "SetEnv A ${B}\nSetEnv C ${m:x}\n"},
		want:     "/main.conf:1:1 SetEnv [A|${B}]\n/main.conf:2:1 SetEnv [C|${m:x}]",
		findings: "/main.conf:1:1 warning httpd-undefined-variable",
	},
	"the environment is only what is given": {
		files:   map[string]string{"/main.conf": "SetEnv A ${HOME}\n"},
		options: httpdconf.Options{Env: map[string]string{"HOME": "/h"}},
		want:    "/main.conf:1:1 SetEnv [A|/h]",
	},
	"reading goes on after an error": {
		files: map[string]string{"/main.conf": "Include /nowhere\n</Location>\nUse Nothing\nSetEnv A b\n<Location /x>\nSetEnv B c\n</Files>\nSetEnv C d\n</Location>\nSetEnv D e\n"},
		want: "/main.conf:4:1 SetEnv [A|b]\n/main.conf:5:1 Location [/x]\n  /main.conf:6:1 SetEnv [B|c]\n" +
			"  /main.conf:8:1 SetEnv [C|d]\n/main.conf:10:1 SetEnv [D|e]",
		findings: "/main.conf:1:1 error httpd-include-missing\n/main.conf:2:1 error httpd-stray-closing-tag\n" +
			"/main.conf:3:1 error httpd-bad-macro-use\n/main.conf:7:1 error httpd-unclosed-section",
	},
	"a section left open is closed with the one around it": {
		files:    map[string]string{"/main.conf": "<VirtualHost *:1>\n<Location /x>\nSetEnv A b\n</VirtualHost>\nSetEnv C d\n"},
		want:     "/main.conf:1:1 VirtualHost [*:1]\n  /main.conf:2:1 Location [/x]\n    /main.conf:3:1 SetEnv [A|b]\n/main.conf:5:1 SetEnv [C|d]",
		findings: "/main.conf:4:1 error httpd-unclosed-section",
	},
	"a part of a configuration": {
		files:    map[string]string{"/main.conf": "<IfModule auth_openidc_module>\nSetEnv A b\n</IfModule>\n<IfModule !auth_openidc_module>\nSetEnv C d\n</IfModule>\n"},
		options:  httpdconf.Options{Part: true},
		want:     "/main.conf:2:1 SetEnv [A|b]",
		findings: "/main.conf:1:1 info httpd-assumed",
	},
	"an unknown version": {
		files:    map[string]string{"/main.conf": "<IfVersion >= 2.4.50>\nSetEnv A b\n</IfVersion>\n<IfVersion >= 2.4>\nSetEnv C d\n</IfVersion>\n"},
		want:     "/main.conf:2:1 SetEnv [A|b]\n/main.conf:5:1 SetEnv [C|d]",
		findings: "/main.conf:1:1 info httpd-assumed",
	},
	"a module that nobody knows": {
		files: map[string]string{"/main.conf": "LoadModule foo_module modules/mod_foo.so\n<IfModule mod_foo.c>\nSetEnv A b\n</IfModule>\n<IfDirective FooThing>\nSetEnv C d\n</IfDirective>\n"},
		want:  "/main.conf:3:1 SetEnv [A|b]", findings: "/main.conf:5:1 info httpd-assumed",
	},
	".htaccess": {
		files:    map[string]string{"/main.conf": "<Directory />\nAllowOverride None\n</Directory>\n<Directory /x>\nAllowOverride All\n</Directory>\n"},
		want:     "/main.conf:1:1 Directory [/]\n  /main.conf:2:1 AllowOverride [None]\n/main.conf:4:1 Directory [/x]\n  /main.conf:5:1 AllowOverride [All]",
		findings: "/main.conf:5:1 info httpd-htaccess",
	},
	"a file that is no configuration is not quoted": {
		files:    map[string]string{"/main.conf": "Include /shadow\n", "/shadow": "root:$6$secret:1\n</$6$secret>\n<root:$6$other\n"},
		findings: "/shadow:2:1 error httpd-stray-closing-tag\n/shadow:3:1 error httpd-unclosed-section",
		want:     "/shadow:1:1 root:$6$secret:1 [] < included here /main.conf:1:1\n/shadow:3:1 root:$6$other [] < included here /main.conf:1:1",
	},
	"perl is passed over": {
		files:   map[string]string{"/main.conf": "<Perl>\n$x = <Location>;\n</Perl>\nSetEnv A b\n"},
		options: httpdconf.Options{Modules: []string{"perl_module"}},
		want:    "/main.conf:4:1 SetEnv [A|b]",
	},
	"warnings of macros": {
		files:    map[string]string{"/main.conf": "<Macro M $a>\nSetEnv A b\n</Macro>\n<Macro M>\nSetEnv A b\n</Macro>\n"},
		findings: "/main.conf:1:1 warning httpd-macro-parameter\n/main.conf:4:1 warning httpd-macro-twice",
	},
	"a NUL byte": {
		files:    map[string]string{"/main.conf": "SetEnv A b\x00c\nSetEnv C d\n"},
		want:     "/main.conf:1:1 SetEnv [A|b]\n/main.conf:2:1 SetEnv [C|d]",
		findings: "/main.conf:1:1 error httpd-nul-byte",
	},
}

func TestLoad(t *testing.T) {
	for name, c := range loadCases {
		t.Run(name, func(t *testing.T) {
			tree, found := load(t, c.files, c.options)
			if diff := cmp.Diff(c.want, drawnTree(tree)); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.findings, drawnShort(found)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			for _, f := range found {
				if strings.Contains(f.Message+f.Hint, "secret") {
					t.Errorf("%q shows the content of a file", f.Message)
				}
			}
		})
	}
}

func TestWordsKnowTheirPlace(t *testing.T) {
	files := map[string]string{"/main.conf": "Define X one\nDefine Y \"two three\"\n<Macro M $a>\n  SetEnv $a \"b c\"\n</Macro>\n" +
		"<Location \"/ä\" >\n  SetEnv A \\\n    ${X}\n  SetEnv ${Y}\n  Use M N\n</Location>\n"}
	tree, _ := load(t, files, httpdconf.Options{})
	var got []string
	for c := range tree.All() {
		for _, w := range c.Words() {
			got = append(got, fmt.Sprintf("%s-%d %s", w.At, w.At.End.Column, w.Raw))
		}
	}
	want := []string{`/main.conf:6:11-15 "/ä"`, "/main.conf:7:10-11 A", "/main.conf:8:5-9 one", "/main.conf:9:3-14 two",
		"/main.conf:9:3-14 three", "/main.conf:4:10-12 N", `/main.conf:4:13-18 "b c"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestCopiedTree: a tree that was copied to another folder is read as httpd reads
// it where it belongs, absolute links included, and nothing of this machine is.
func TestCopiedTree(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"etc/httpd/conf/httpd.conf":     "ServerRoot /etc/httpd\nInclude conf.d/*.conf\nInclude /etc/hostname\nIncludeOptional /etc/absolute/*.conf\n",
		"etc/httpd/conf.d/a.conf":       "SetEnv A b\n",
		"usr/share/idp/b.conf":          "SetEnv B c\n",
		"usr/share/absolute/c.conf":     "SetEnv C d\n",
		"elsewhere/kept-for-nobody.txt": "",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, []byte(text))
	}
	for link, target := range map[string]string{"etc/httpd/conf.d/b.conf": "/usr/share/idp/b.conf", "etc/absolute": "/usr/share/absolute", "etc/hostname": "/etc/machine-id"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	files := httpdconf.Disk(httpdconf.Mount{At: "/", Dir: dir})
	tree, found, err := httpdconf.Load("/etc/httpd/conf/httpd.conf", httpdconf.Options{Files: files, ServerRoot: "/etc/httpd"})
	if err != nil {
		t.Fatal(err)
	}
	want := "DIR/etc/httpd/conf.d/a.conf:1:1 SetEnv [A|b] < included here DIR/etc/httpd/conf/httpd.conf:2:1\n" +
		"DIR/etc/httpd/conf.d/b.conf:1:1 SetEnv [B|c] < included here DIR/etc/httpd/conf/httpd.conf:2:1\n" +
		"DIR/etc/absolute/c.conf:1:1 SetEnv [C|d] < included here DIR/etc/httpd/conf/httpd.conf:4:1"
	if diff := cmp.Diff(want, strings.ReplaceAll(drawnTree(tree), dir, "DIR")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("DIR/etc/httpd/conf/httpd.conf:3:1 error httpd-include-missing", strings.ReplaceAll(drawnShort(found), dir, "DIR")); diff != "" {
		t.Error(diff)
	}
}

// TestPartOfATree: only /etc/httpd is at hand; what lies elsewhere is unknown, not
// missing.
func TestPartOfATree(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "httpd.conf"), []byte("Include /etc/httpd/a.conf\nInclude /opt/b.conf\nIncludeOptional /*/x.conf\n<IfFile /opt/c>\nSetEnv C d\n</IfFile>\n"))
	write(t, filepath.Join(dir, "a.conf"), []byte("SetEnv A b\n"))
	files := httpdconf.Disk(httpdconf.Mount{At: "/etc/httpd", Dir: dir})
	tree, found, err := httpdconf.Load("httpd.conf", httpdconf.Options{Files: files, ServerRoot: "/etc/httpd"})
	if err != nil {
		t.Fatal(err)
	}
	if tree.Refused != nil {
		t.Error(tree.Refused.Message)
	}
	want := "2:1 warning httpd-include-outside\n3:1 warning httpd-include-outside\n4:1 info httpd-assumed"
	if diff := cmp.Diff(want, strings.ReplaceAll(drawnShort(found), dir+"/httpd.conf:", "")); diff != "" {
		t.Error(diff)
	}
}

// TestHostileFiles: what never ends, is no file or is too large is told, at once.
func TestHostileFiles(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	big, err := os.Create(filepath.Join(dir, "big"))
	if err != nil {
		t.Fatal(err)
	}
	defer big.Close()
	if err := big.Truncate(2 << 30); err != nil {
		t.Fatal(err)
	}
	text := "Include fifo\nInclude /dev/zero\nInclude big\nInclude /proc/self/mem\nInclude /proc/self\\0\nIncludeOptional fif?\n"
	write(t, filepath.Join(dir, "main.conf"), []byte(text))
	_, found, err := httpdconf.Load("main.conf", httpdconf.Options{ServerRoot: dir})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		got = append(got, fmt.Sprintf("%d %s %s", f.At.Start.Line, f.Slug, strings.ReplaceAll(f.Message, dir, "DIR")))
	}
	want := []string{
		"1 httpd-include-missing cannot include DIR/fifo: not a regular file",
		"2 httpd-include-missing cannot include /dev/zero: not a regular file",
		"3 httpd-include-too-large DIR/big is larger than what is read here",
		"4 httpd-include-missing cannot include /proc/self/mem: input/output error",
		`5 httpd-include-missing cannot include /proc/self\0: no such file or directory`,
		"6 httpd-include-missing cannot include DIR/fifo: not a regular file",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMainFileTooLarge(t *testing.T) {
	files := inMemory(map[string]string{"/main.conf": "SetEnv A b\n"})
	for _, o := range []httpdconf.Options{{Files: files, MaxBytes: 5}, {Files: files, MaxFileSize: 5}} {
		if tree, _, err := httpdconf.Load("/main.conf", o); tree != nil || err == nil || !strings.Contains(err.Error(), "larger") {
			t.Error(err)
		}
	}
}

func TestNoMainFile(t *testing.T) {
	for name, want := range map[string]string{
		"/nowhere":                      "httpd configuration: cannot read the main file /nowhere: file does not exist",
		"/" + strings.Repeat("x", 5000): "httpd configuration: the main file's path is longer than 4096 bytes",
	} {
		tree, _, err := httpdconf.Load(name, httpdconf.Options{Files: inMemory(nil)})
		if tree != nil || err == nil || err.Error() != want {
			t.Errorf("%.20s: %v", name, err)
		}
	}
}

// TestLimits: trees that grow without end come to one.
func TestLimits(t *testing.T) {
	double := map[string]string{"/main.conf": "Include /0\n"}
	for i := range 40 {
		double[fmt.Sprintf("/%d", i)] = strings.Repeat(fmt.Sprintf("Include /%d\n", i+1), 2)
	}
	double["/40"] = "SetEnv A b\n"
	uses := "<Macro M0>\nSetEnv A b\n</Macro>\n"
	for i := range 40 {
		uses += fmt.Sprintf("<Macro M%d>\nUse M%d\nUse M%d\n</Macro>\n", i+1, i, i)
	}
	many := map[string]string{"/main.conf": "Include /many/*\n"}
	for i := range 10001 {
		many[fmt.Sprintf("/many/%d", i)] = ""
	}
	cases := map[string]struct {
		files map[string]string
		slug  string
	}{
		"a folder of many files":  {many, "httpd-too-much"},
		"sections without end":    {map[string]string{"/main.conf": strings.Repeat("<A>\n", 1e5)}, "httpd-too-much"},
		"includes that double":    {double, "httpd-too-much"},
		"macros that double":      {map[string]string{"/main.conf": uses + "Use M40\n"}, "httpd-too-much"},
		"a cycle":                 {map[string]string{"/main.conf": "Include /main.conf\nInclude /main.conf\n"}, "httpd-include-depth"},
		"a cycle through a glob":  {map[string]string{"/main.conf": "Include /*.conf\n"}, "httpd-include-depth"},
		"a cycle through a macro": {map[string]string{"/main.conf": "<Macro A>\nInclude /a\n</Macro>\nUse A\n", "/a": "Use A\nUse A\n"}, "httpd-include-depth"},
		"errors":                  {map[string]string{"/main.conf": strings.Repeat("</A>\n", 1e5)}, "httpd-stray-closing-tag"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, found := load(t, c.files, httpdconf.Options{MaxBytes: 1 << 22, MaxFiles: 1e4, MaxCommands: 1e5})
			errors := 0
			for _, f := range found {
				if f.Severity == finding.Error && f.Slug == c.slug {
					errors++
				}
			}
			if errors == 0 || len(found) > 101 {
				t.Errorf("%d findings, %d of %s", len(found), errors, c.slug)
			}
		})
	}
}

// TestHugeTrees: nothing recurses or is quadratic; the tests' own time limit is
// the judge.
func TestHugeTrees(t *testing.T) {
	deep := func(open, end string) string {
		return strings.Repeat(open, 1e5) + "SetEnv A b\n" + strings.Repeat(end, 1e5)
	}
	for name, c := range map[string]struct {
		text     string
		commands int
	}{
		"sections":                  {deep("<If \"true\">\n", "</If>\n"), 15001}, // httpd's own stack ends before 20 000
		"conditions":                {deep("<IfModule core.c>\n", "</IfModule>\n"), 1},
		"conditions, not held":      {deep("<IfModule none.c>\n", "</IfModule>\n"), 0},
		"sections, not held":        {"<IfModule none.c>\n" + deep("<A>\n", "</A>\n") + "</IfModule>\n", 0},
		"a million continuations":   {"SetEnv A \\\n" + strings.Repeat("a \\\n", 1e6), 1},
		"a 20 MB line":              {"SetEnv A " + strings.Repeat("b", 20<<20) + "\nSetEnv C d\n", 1},
		"a macro of 100 000 lines":  {"<Macro M $a>\n" + strings.Repeat("SetEnv A $a\n", 1e5) + "</Macro>\nUse M x\n", 1e5},
		"100 000 uses":              {"<Macro M $a>\nSetEnv A $a\n</Macro>\n" + strings.Repeat("Use M x\n", 1e5), 1e5},
		"variables that double":     {"Define A xxxxxxxx\n" + strings.Repeat("Define A ${A}${A}\n", 16) + "SetEnv A ${A}\n", 1},
		"100 000 undefined names":   {"SetEnv A \"" + strings.Repeat("${", 1e5) + "\"\n", 1},
		"100 000 variables at once": {"Define A\nSetEnv A \"" + strings.Repeat("$}${A", 1e5) + "\"\n", 1},
	} {
		t.Run(name, func(t *testing.T) {
			tree, _ := load(t, map[string]string{"/main.conf": c.text}, httpdconf.Options{})
			got := 0
			for range tree.All() {
				got++
			}
			if got != c.commands {
				t.Errorf("%d commands, want %d", got, c.commands)
			}
		})
	}
}

// TestSites: what was executed is told, with where it begins and ends.
func TestSites(t *testing.T) {
	tree, _ := load(t, map[string]string{"/main.conf": "Define A\n<IfDefine A>\nInclude /a\n</IfDefine>\n<IfDefine B>\nUse X\n</IfDefine>\n<Macro M>\n</Macro>\n", "/a": "<IfModule none.c>\n</IfModule>\n"}, httpdconf.Options{})
	var got []string
	for _, s := range tree.Sites {
		got = append(got, fmt.Sprintf("%s %s %s-%d %v", s.Name, s.RawArgs(), s.At(), s.EndAt().End.Line, s.Held))
	}
	want := []string{"Define A /main.conf:1:1-0 false", "IfDefine A /main.conf:2:1-4 true", "Include /a /main.conf:3:1-0 false", "IfModule none.c /a:1:1-2 false",
		"IfDefine B /main.conf:5:1-7 false", "Macro M /main.conf:8:1-9 false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
