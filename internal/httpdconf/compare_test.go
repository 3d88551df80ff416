package httpdconf_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

func TestCompare(t *testing.T) {
	cases := map[string]struct{ want, got, differences string }{
		"equal in all that counts": {
			want: "# c\n<Location /a>\nRequire all granted\n</Location>\n",
			got:  "<location \"/a\">\n\n  # d\n  require \\\n all 'granted'\n</LOCATION>",
		},
		"argument": {
			want:        "<Location /a>\nRequire all granted\n</Location>\n",
			got:         "<Location /a>\n  Require all denied\n</Location>\n",
			differences: `got:2:15: in <Location /a>: argument 2 of directive Require is "denied", expected "granted"`,
		},
		"number of arguments": {
			want:        "Require all\n",
			got:         "Require all granted\n",
			differences: "got:1:1: directive Require has 2 arguments, expected 1",
		},
		"argument of a section": {
			want:        "<Location /a>\n</Location>\n",
			got:         "<Location /b>\n</Location>\n",
			differences: `got:1:11: argument 1 of section <Location> is "/b", expected "/a"`,
		},
		"missing directive": {
			want:        "A 1\nB 2\nC 3\n",
			got:         "A 1\nC 3\n",
			differences: "want:2:1: directive B is missing",
		},
		"missing at the end": {
			want:        "A 1\n<B>\n</B>\n",
			got:         "A 1\n",
			differences: "want:2:1: section <B> is missing",
		},
		"unexpected directive": {
			want:        "A 1\nC 3\n",
			got:         "A 1\nB 2\nC 3\n",
			differences: "got:2:1: directive B is not expected here",
		},
		"unexpected at the end": {
			want:        "A 1\n",
			got:         "A 1\n</B>\n",
			differences: "got:2:1: closing tag </B> is not expected here",
		},
		"deep inside": {
			want:        "<V a>\n<L b>\nX 1\n</L>\n</V>\nY 1\n",
			got:         "<V a>\n<L b>\nX 2\n</L>\n</V>\nY 2\n",
			differences: "got:3:3: in <V a> <L b>: argument 1 of directive X is \"2\", expected \"1\"\ngot:6:3: argument 1 of directive Y is \"2\", expected \"1\"",
		},
		"a directive is not a section": {
			want:        "Location\n",
			got:         "<Location>\n</Location>\n",
			differences: "want:1:1: directive Location is missing\ngot:1:1: section <Location> is not expected here",
		},
		"a secret": {
			want:        "OIDCClientSecret hunter2\n",
			got:         "OIDCClientSecret hunter3\n",
			differences: "got:1:18: argument 1 of directive OIDCClientSecret differs (its value is not shown)",
		},
		"a token in an ordinary directive": {
			want:        "X 1\n",
			got:         "X eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln\n",
			differences: `got:1:3: argument 1 of directive X is "REDACTED", expected "1"`,
		},
		"control characters": {
			want:        "X 1\n",
			got:         "X \x1b[2J\n",
			differences: `got:1:3: argument 1 of directive X is "\x1b[2J", expected "1"`,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			want, _ := httpdconf.Parse("want", []byte(c.want))
			got, _ := httpdconf.Parse("got", []byte(c.got))
			var lines []string
			for _, d := range httpdconf.Compare(want, got) {
				lines = append(lines, d.String())
			}
			if diff := cmp.Diff(c.differences, strings.Join(lines, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWalkSkipsChildren(t *testing.T) {
	file, _ := httpdconf.Parse("case.conf", []byte("<A>\n<B>\nx\n</B>\n</A>\ny\n"))
	var names []string
	httpdconf.Walk(file.Nodes, func(parents []*httpdconf.Node, n *httpdconf.Node) bool {
		names = append(names, strings.Repeat("-", len(parents))+n.Name)
		return n.Name != "B"
	})
	if diff := cmp.Diff([]string{"A", "-B", "y"}, names); diff != "" {
		t.Error(diff)
	}
}
