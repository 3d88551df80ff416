package httpdconf_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// parseCase is one input with what Parse must make of it. The same input goes to
// the real httpd in TestHttpdAgrees.
type parseCase struct {
	src      string
	want     string // the tree, see outline
	findings string // one a line: severity slug line:column
	// differs says why httpd's verdict is not ours; empty means they agree: httpd
	// refuses exactly where we report an error.
	differs string
	// dump says why httpd's dump is not our tree, where httpd accepts the file.
	dump string
}

var parseCases = map[string]parseCase{
	"empty file": {},
	"directive": {
		src:  "ServerAdmin a@example.org\n",
		want: "1:1-1:26 directive ServerAdmin [a@example.org]",
	},
	"no newline at the end": {
		src:  "ServerAdmin a",
		want: "1:1-1:14 directive ServerAdmin [a]",
	},
	"white space of every kind outside": {
		src:  " \t\v\fServerAdmin \t a \v\f\r\n",
		want: "1:5-1:23 directive ServerAdmin [a]",
	},
	"comments and blanks": {
		src:  "# one\n\n   # two\n  \nServerAdmin a\n",
		want: "1:1-1:6 comment\n2:1-2:1 blank\n3:4-3:9 comment\n4:1-4:3 blank\n5:1-5:14 directive ServerAdmin [a]",
	},
	"a comment goes on behind a backslash": {
		src:  "# one \\\nServerAdmin a\n",
		want: "1:1-2:14 comment",
	},
	"no comment behind arguments": {
		src:     "ServerAdmin a # b\n",
		want:    "1:1-1:18 directive ServerAdmin [a|#|b]",
		differs: "the argument count is the command's business, not the text's",
	},
	"continuation": {
		src:  "ServerAdmin \\\n  a\n",
		want: "1:1-2:4 directive ServerAdmin [a]",
	},
	"continuation inside quotes keeps the indentation": {
		src:  "ServerAdmin \"a \\\n  b\"\n",
		want: "1:1-2:5 directive ServerAdmin [a   b]",
	},
	"continuation inside a word": {
		src:  "Server\\\nAdmin a\\\nb\n",
		want: "1:1-3:2 directive ServerAdmin [ab]",
	},
	"continuation with carriage returns": {
		src:  "ServerAdmin\\\r\n  a\r\nUseCanonicalName Off\r\n",
		want: "1:1-2:4 directive ServerAdmin [a]\n3:1-3:21 directive UseCanonicalName [Off]",
	},
	"continuation before the end of the file": {
		src:  "ServerAdmin a\\\n",
		want: "1:1-1:15 directive ServerAdmin [a]",
		dump: "httpd counts the missing line too",
	},
	"a backslash at the end of the file stays": {
		src:  `ServerAdmin a\`,
		want: `1:1-1:15 directive ServerAdmin [a\]`,
	},
	"two backslashes at a line's end are one continuation": {
		src:  "ServerAdmin a\\\\\nb\n",
		want: `1:1-2:2 directive ServerAdmin [a\b]`,
	},
	"and the first is one more, before an empty line": {
		src:  "ServerAdmin a\\\\\n\nb\n",
		want: "1:1-3:2 directive ServerAdmin [ab]",
	},
	"a backslash before a space continues nothing": {
		src:  "ServerAdmin a\\ \nUseCanonicalName Off\n",
		want: "1:1-1:16 directive ServerAdmin [a\\]\n2:1-2:21 directive UseCanonicalName [Off]",
	},
	"a blank line of continuations": {
		src:  "\\\n\\\n\nServerAdmin a\n",
		want: "1:1-3:1 blank\n4:1-4:14 directive ServerAdmin [a]",
	},
	"quotes": {
		src:  `ServerAdmin "a \"b\" \\ \c '"` + "\n" + `ServerAdmin 'a \'b\' "'` + "\n",
		want: `1:1-1:30 directive ServerAdmin [a "b" \ \c ']` + "\n" + `2:1-2:24 directive ServerAdmin [a 'b' "]`,
	},
	"a quote that never closes": {
		src:      "ServerAdmin \"a b\nUseCanonicalName Off\n",
		want:     "1:1-1:17 directive ServerAdmin [a b]\n2:1-2:21 directive UseCanonicalName [Off]",
		findings: "warning httpd-open-quote 1:13",
	},
	"a quoted name": {
		src:  `"ServerAdmin" a` + "\n",
		want: "1:1-1:16 directive ServerAdmin [a]",
	},
	"a name with a bracket too many": {
		src:  "ServerAdmin> a\n",
		want: "1:1-1:15 directive ServerAdmin [a]",
	},
	"an empty name": {
		src:      "\"\" ServerAdmin a\nServerAdmin b\n",
		want:     "1:1-1:17 blank\n2:1-2:14 directive ServerAdmin [b]",
		findings: "warning httpd-empty-name 1:1",
	},
	"section": {
		src: "<Location /a>\n  Require all granted\n</Location>\n",
		want: "1:1-1:14 section Location [/a] closed 3:1-3:12\n" +
			"  2:3-2:22 directive Require [all|granted]",
	},
	"sections inside sections, names in any case": {
		src: "<virtualhost *:80>\n<LOCATION />\n<RequireAny>\nRequire all granted\n</requireany>\n</location>\n</VirtualHost>\n",
		want: "1:1-1:19 section virtualhost [*:80] closed 7:1-7:15\n" +
			"  2:1-2:13 section LOCATION [/] closed 6:1-6:12\n" +
			"    3:1-3:13 section RequireAny [] closed 5:1-5:14\n" +
			"      4:1-4:20 directive Require [all|granted]",
	},
	"a bracket inside quotes": {
		src:  "<Location \"/a>b c\">\n</Location>\n",
		want: "1:1-1:20 section Location [/a>b c] closed 2:1-2:12",
	},
	"space before the bracket": {
		src:  "<Location /a >\n</Location>\n",
		want: "1:1-1:15 section Location [/a] closed 2:1-2:12",
	},
	"a section over several lines": {
		src:  "<Location \\\n  /a\\\n>\n</Location>\n",
		want: "1:1-3:2 section Location [/a] closed 4:1-4:12",
	},
	"text behind an opening tag is dropped": {
		src:      "<IfModule core.c> # c\nServerAdmin a\n</IfModule>\n",
		want:     "1:1-1:22 section IfModule [core.c] closed 3:1-3:12\n  2:1-2:14 directive ServerAdmin [a]",
		findings: "warning httpd-text-after-tag 1:1",
	},
	"text behind an opening tag without arguments is refused": {
		src:      "<Location />\n<RequireAll> # c\nRequire all granted\n</RequireAll>\n</Location>\n",
		want:     "1:1-1:13 section Location [/] closed 5:1-5:12\n  2:1-2:17 section RequireAll [#|c] closed 4:1-4:14\n    3:1-3:20 directive Require [all|granted]",
		findings: "error httpd-missing-bracket 2:1",
	},
	"an opening tag without a bracket, no arguments": {
		src:  "<Location />\n<RequireAll\nRequire all granted\n</RequireAll>\n</Location>\n",
		want: "1:1-1:13 section Location [/] closed 5:1-5:12\n  2:1-2:12 section RequireAll [] closed 4:1-4:14\n    3:1-3:20 directive Require [all|granted]",
	},
	"an opening tag without a bracket": {
		src:      "<Location /a\n</Location>\n",
		want:     "1:1-1:13 section Location [/a] closed 2:1-2:12",
		findings: "error httpd-missing-bracket 1:1",
	},
	"text behind a closing tag": {
		src:  "<Location />\n</Location> # c\n",
		want: "1:1-1:13 section Location [/] closed 2:1-2:16",
	},
	"text behind the closing tag of a condition": {
		src:      "<IfModule core.c>\n</IfModule> # c\n",
		want:     "1:1-1:18 section IfModule [core.c] closed 2:1-2:16",
		findings: "error httpd-text-after-tag 2:1",
	},
	"text behind the closing tag of IfDefine": {
		src:      "<IfDefine !X>\n</IfDefine> x\n",
		want:     "1:1-1:14 section IfDefine [!X] closed 2:1-2:14",
		findings: "error httpd-text-after-tag 2:1",
	},
	"text behind the closing tag of IfFile": {
		src:      "<IfFile /etc/passwd>\n</IfFile> x\n",
		want:     "1:1-1:21 section IfFile [/etc/passwd] closed 2:1-2:12",
		findings: "error httpd-text-after-tag 2:1",
	},
	"text behind the closing tag of IfDirective": {
		src:      "<IfDirective Require>\n</IfDirective> x\n",
		want:     "1:1-1:22 section IfDirective [Require] closed 2:1-2:17",
		findings: "error httpd-text-after-tag 2:1",
	},
	"text behind the closing tag of IfSection": {
		src:      "<IfSection Location>\n</IfSection> x\n",
		want:     "1:1-1:21 section IfSection [Location] closed 2:1-2:15",
		findings: "error httpd-text-after-tag 2:1",
	},
	"text behind the closing tag of IfVersion": {
		src:      "<IfVersion ~ 2.4>\n</IfVersion> x\n",
		want:     "1:1-1:18 section IfVersion [~|2.4] closed 2:1-2:15",
		findings: "error httpd-text-after-tag 2:1",
	},
	"text behind a closing tag where the condition is false": {
		src:      "<IfModule no_such_module>\nnonsense\n</IfModule> # c\n",
		want:     "1:1-1:26 section IfModule [no_such_module] closed 3:1-3:16\n  2:1-2:9 directive nonsense []",
		findings: "error httpd-text-after-tag 3:1",
		differs:  "httpd skips the section and never reads the tag in full; loading the module would break the file",
	},
	"a closing tag with a space": {
		src:      "<Location />\n</Location >\n",
		want:     "1:1-1:13 section Location [/] closed 2:1-2:13",
		findings: "error httpd-missing-bracket 2:1",
	},
	"an unclosed section": {
		src:      "<Location />\nRequire all granted\n",
		want:     "1:1-1:13 section Location [/] open\n  2:1-2:20 directive Require [all|granted]",
		findings: "error httpd-unclosed-section 1:1",
	},
	"a section closed over an open one": {
		src: "<VirtualHost *:80>\n<Location />\nRequire all granted\n</VirtualHost>\nServerAdmin a\n",
		want: "1:1-1:19 section VirtualHost [*:80] closed 4:1-4:15\n  2:1-2:13 section Location [/] open\n" +
			"    3:1-3:20 directive Require [all|granted]\n5:1-5:14 directive ServerAdmin [a]",
		findings: "error httpd-unclosed-section 2:1",
	},
	"a closing tag without a section": {
		src:      "ServerAdmin a\n</Location>\nServerAdmin b\n",
		want:     "1:1-1:14 directive ServerAdmin [a]\n2:1-2:12 stray Location []\n3:1-3:14 directive ServerAdmin [b]",
		findings: "error httpd-stray-closing-tag 2:1",
	},
	"a nameless section": {
		src:      "< Location />\n",
		want:     "1:1-1:14 section  [Location|/] open",
		findings: "error httpd-unclosed-section 1:1",
	},
	"variables stay as they are": {
		src:  "Define A b\nServerAdmin \"${A} c\"\n",
		want: "1:1-1:11 directive Define [A|b]\n2:1-2:21 directive ServerAdmin [${A} c]",
		dump: "httpd replaces variables before it splits the line",
	},
	"columns count characters": {
		src:     "ServerAdmin \"äö€\" \\\n  'ü' x\n",
		want:    "1:1-2:8 directive ServerAdmin [äö€|ü|x]",
		differs: "the argument count is the command's business, not the text's",
	},
	"bytes that are no UTF-8": {
		src:  "ServerAdmin a\xa0\x85\xff\n",
		want: "1:1-1:17 directive ServerAdmin [a\xa0\x85\xff]",
	},
	"a NUL cuts its line": {
		src:      "ServerAdmin a\x00b\nUseCanonicalName Off\n",
		want:     "1:1-1:16 directive ServerAdmin [a]\n2:1-2:21 directive UseCanonicalName [Off]",
		findings: "error httpd-nul-byte 1:1",
		differs:  "httpd takes the line without what is behind the NUL, and says nothing",
	},
}

func TestParse(t *testing.T) {
	for name, c := range parseCases {
		t.Run(name, func(t *testing.T) {
			file, found := httpdconf.Parse("case.conf", []byte(c.src))
			if diff := cmp.Diff(c.want, outline(file)); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.findings, listed(found)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.src, string(file.Bytes())); diff != "" {
				t.Errorf("Bytes (-source +printed):\n%s", diff)
			}
		})
	}
}

// outline draws a tree: one node a line, indented, with its range.
func outline(file *httpdconf.File) string {
	var lines []string
	httpdconf.Walk(file.Nodes, func(parents []*httpdconf.Node, n *httpdconf.Node) bool {
		lines = append(lines, strings.Repeat("  ", len(parents))+drawn(n))
		return true
	})
	return strings.Join(lines, "\n")
}

func drawn(n *httpdconf.Node) string {
	line := span(n.At) + " " + n.Kind.String()
	if n.Kind == httpdconf.Comment || n.Kind == httpdconf.Blank {
		return line
	}
	line += fmt.Sprintf(" %s [%s]", n.Name, strings.Join(n.Values(), "|"))
	if n.Kind == httpdconf.Section && n.End.Start.Known() {
		return line + " closed " + span(n.End)
	}
	if n.Kind == httpdconf.Section {
		line += " open"
	}
	return line
}

func span(r finding.Range) string {
	return fmt.Sprintf("%d:%d-%d:%d", r.Start.Line, r.Start.Column, r.End.Line, r.End.Column)
}

func listed(found finding.List) string {
	var lines []string
	for _, f := range found {
		lines = append(lines, fmt.Sprintf("%s %s %d:%d", f.Severity, f.Slug, f.At.Start.Line, f.At.Start.Column))
	}
	return strings.Join(lines, "\n")
}

func TestArgumentsKnowTheirPlace(t *testing.T) {
	src := "Require claim \\\n  \"ä b\" iss:x\n"
	file, _ := httpdconf.Parse("case.conf", []byte(src))
	var got []string
	for _, a := range file.Nodes[0].Args {
		got = append(got, fmt.Sprintf("%s %q %q", span(a.At), a.Raw, src[a.At.Start.Byte:a.At.End.Byte]))
	}
	want := []string{`1:9-1:14 "claim" "claim"`, `2:3-2:8 "\"ä b\"" "\"ä b\""`, `2:9-2:14 "iss:x" "iss:x"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRawArgs(t *testing.T) {
	cases := map[string]struct{ src, want string }{
		"as written":          {"RewriteRule  ^/a\\ b$   \"-\"  [F,L] \n", `^/a\ b$   "-"  [F,L]`},
		"continued":           {"Require  \\\n  claim \\\n x\n", "claim  x"},
		"none":                {"Require\n", ""},
		"section":             {"<Location  \"/a\" > x\n</Location>\n", `"/a"`},
		"section without any": {"<RequireAll>\n</RequireAll>\n", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file, _ := httpdconf.Parse("case.conf", []byte(c.src))
			if got := file.Nodes[0].RawArgs; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
