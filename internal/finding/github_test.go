package finding

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// command is what the runner of GitHub Actions makes of a line.
type command struct {
	Name, Message string
	Properties    map[string]string
}

// readCommand does as the runner does (ActionCommand.TryParseV2): a line that
// begins with `::` goes on with a name and properties up to the next `::`.
func readCommand(line string) (command, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "::")
	info, data, ended := strings.Cut(rest, "::")
	if !ok || !ended {
		return command{}, false
	}
	name, properties, _ := strings.Cut(info, " ")
	out := command{Name: name, Properties: map[string]string{}}
	for _, p := range strings.Split(properties, ",") {
		key, value, _ := strings.Cut(p, "=")
		out.Properties[key] = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(value)
	}
	out.Message = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data)
	return out, true
}

func TestGitHubComesBack(t *testing.T) {
	var b bytes.Buffer
	if err := WriteGitHub(&b, hostile()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != len(hostile()) {
		t.Fatalf("%d lines of %d findings", len(lines), len(hostile()))
	}
	for i, f := range hostile() {
		got, ok := readCommand(lines[i])
		if !ok {
			t.Fatalf("no command: %s", lines[i])
		}
		want := command{Name: githubCommand(f.Severity), Message: githubText(f), Properties: map[string]string{"title": f.Slug}}
		if f.At.Path != "" {
			want.Properties["file"] = Printable(f.At.Path)
		}
		for _, place := range []string{"line", "endLine", "col"} {
			delete(got.Properties, place)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestGitHubPlaces(t *testing.T) {
	cases := map[string]struct {
		at   Range
		want string
	}{
		"within a line":   {place(2, 5, 2, 8), "::error file=f.yaml,line=2,endLine=2,col=5,title=s::m\n"},
		"a whole line":    {place(2, 1, 3, 1), "::error file=f.yaml,line=2,endLine=2,col=1,title=s::m\n"},
		"several lines":   {place(2, 5, 4, 3), "::error file=f.yaml,line=2,endLine=4,title=s::m\n"},
		"end unknown":     {place(2, 5, 0, 0), "::error file=f.yaml,line=2,endLine=2,col=5,title=s::m\n"},
		"the whole file":  {Range{Path: "f.yaml"}, "::error file=f.yaml,title=s::m\n"},
		"a text, no file": {Range{Start: Pos{Line: 1, Column: 1}}, "::error title=s::m\n"},
	}
	for name, c := range cases {
		var got bytes.Buffer
		if err := WriteGitHub(&got, List{{Slug: "s", Severity: Error, Message: "m", At: c.at}}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
