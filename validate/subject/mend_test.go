package subject_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestMend: a fix is offered where the words stand in the file as they are read, and
// nowhere else; the text is that of the file with it.
func TestMend(t *testing.T) {
	reword := func(n, count int) func(*httpdconf.Command) *finding.Fix {
		return func(c *httpdconf.Command) *finding.Fix { return subject.Reword("", c, n, count, "X") }
	}
	before := func(c *httpdconf.Command) *finding.Fix { return subject.InsertBefore("", c, "X\nY") }
	behind := func(c *httpdconf.Command) *finding.Fix { return subject.InsertBehind(c, "X\nY") }
	add := func(c *httpdconf.Command) *finding.Fix { return subject.Append("", c, "X") }
	drop := func(c *httpdconf.Command) *finding.Fix { return subject.Drop("", c) }
	macro := "<Macro m $flag>\nOIDCPreservePost $flag\n</Macro>\nUse m On"
	for name, c := range map[string]struct {
		text string
		make func(*httpdconf.Command) *finding.Fix
		want string // "": no fix
	}{
		"one word":              {"OIDCPreservePost On", reword(0, 1), "OIDCPreservePost X"},
		"with quotes":           {`OIDCPreservePost "On"`, reword(0, 1), "OIDCPreservePost X"},
		"all words":             {"SSLProtocol all -SSLv3", reword(0, 2), "SSLProtocol X"},
		"the second":            {"LogLevel info auth_openidc:debug", reword(1, 1), "LogLevel info X"},
		"more than there":       {"LogLevel info", reword(0, 2), ""},
		"none":                  {"Timeout 3\nLogLevel", reword(0, 0), ""},
		"of a variable":         {"Define FLAG On\nOIDCPreservePost ${FLAG}", reword(0, 1), ""},
		"as long as a variable": {"Define FLAG Enable\nOIDCPreservePost ${FLAG}", reword(0, 1), ""},
		"of a macro":            {macro, reword(0, 1), ""},
		"over two lines":        {"LogLevel info \\\nauth_openidc:debug", reword(0, 2), "LogLevel X"},
		"in a word":             {"LogLevel in\\\nfo", reword(0, 1), ""},
		"append":                {"Listen 5000 \n", add, "Listen 5000 X \n"},
		"append to nothing":     {"Timeout 3\nListen", add, ""},
		"append to a macro's":   {macro, add, ""},
		"before, with a tab":    {"\n\tListen 5000", before, "\n\tX\n\tY\n\tListen 5000"},
		"before a macro's":      {macro, before, ""},
		"behind":                {"  Listen 5000\nTimeout 3", behind, "  Listen 5000\nTimeout 3\nX\nY"},
		"behind a section":      {"<Location /a>\n</Location>", behind, ""},
		"behind a macro's":      {macro, behind, ""},
		"drop":                  {"Listen 5000\n\t Timeout 3\n", drop, "Listen 5000\n"},
		"drop the first":        {"Timeout 3\n", drop, "\n"},
		"drop a macro's":        {macro, drop, ""},
	} {
		t.Run(name, func(t *testing.T) {
			site, err := subject.Load("-", []string{"-"}, subject.Options{Stdin: strings.NewReader(c.text)})
			if err != nil {
				t.Fatal(err)
			}
			var last *httpdconf.Command
			for command := range site.Trees[0].Conf.All() {
				last = command
			}
			if diff := cmp.Diff(c.want, applied(c.text, c.make(last))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func applied(text string, fix *finding.Fix) string {
	if fix == nil {
		return ""
	}
	e := fix.Edits[0]
	return text[:e.At.Start.Byte] + e.Text + text[e.At.End.Byte:]
}
