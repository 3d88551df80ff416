package walkcheck_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// stop is where httpd -t stops in the walk: path:line and message; "" where it
// accepts the configuration.
type stop struct{ at, message string }

var stopped = regexp.MustCompile(`(?m)^AH00526: Syntax error on line (\d+) of (.*):\n(.*)`)

func askHttpd(t testing.TB, main string) stop {
	t.Helper()
	program, _ := labtest.Httpd(t)
	cmd := exec.Command(program, "-t", "-f", main)
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	out, err := cmd.CombinedOutput()
	if err == nil {
		return stop{}
	}
	m := stopped.FindStringSubmatch(string(out))
	if m == nil {
		t.Fatalf("httpd refuses it otherwise: %s", out)
	}
	return stop{m[2] + ":" + m[1], m[3]}
}

// judged are the messages that Check gives.
var judged = regexp.MustCompile(`Invalid command '|not allowed (?:here|in <.*> context)$| cannot occur within | takes? .*argument| requires at least | requires additional arguments| must be On or Off| missing closing '>'|Multiple <.*> arguments not|doesn't take additional|The Error directive`)

// compare puts a tree to httpd. The first problem must be where httpd stops, and
// be httpd's; what httpd stops at besides must not come after a problem of ours.
// It gives what was compared.
func compare(t testing.TB, tree *httpdconf.Tree, main string) string {
	t.Helper()
	problems := slices.DeleteFunc(walkcheck.Check(tree, options()), func(p walkcheck.Problem) bool { return !p.Sure })
	theirs := askHttpd(t, main)
	if len(problems) == 0 {
		if judged.MatchString(theirs.message) {
			t.Fatalf("nothing is wrong here; httpd: %+v", theirs)
		}
		return map[bool]string{true: "accepted", false: "values"}[theirs == stop{}]
	}
	ours := problems[0]
	at := fmt.Sprintf("%s:%d", ours.Command.Unit().Name, ours.Command.Line())
	if at == theirs.at && (strings.HasPrefix(theirs.message, head(ours.Message)) || ours.Kind == walkcheck.ErrorDirective) {
		return "problems"
	}
	if theirs.message == "" || judged.MatchString(theirs.message) || !before(tree, theirs.at, ours) {
		t.Fatalf("%s %s: %s\nhttpd: %+v", at, ours.Kind, ours.Message, theirs)
	}
	return "values"
}

// head is the part of a message that must be the same: httpd has names as they are
// written, and names one of several sections.
func head(message string) string {
	if i := strings.Index(message, "cannot occur within"); i >= 0 {
		return message[:i]
	}
	if strings.HasPrefix(message, "Invalid command") {
		return "Invalid command"
	}
	return message
}

// before reports whether the command at a place is worked off before another is
// found wrong: of what is told behind a section's content, the content is, too.
func before(tree *httpdconf.Tree, at string, p walkcheck.Problem) bool {
	late := strings.HasPrefix(p.Message, "Multiple ")
	for c := range tree.All() {
		if c == p.Command && !late {
			return false
		}
		if at == fmt.Sprintf("%s:%d", c.Unit().Name, c.Line()) {
			return true
		}
	}
	return false
}

func TestCasesAgainstHttpd(t *testing.T) {
	_, modules := labtest.Httpd(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			tree := loaded(t, root, modules, c.text)
			got := compare(t, tree, filepath.Join(root, "main.conf"))
			if want := map[bool]string{true: "accepted", false: "problems"}[c.want == ""]; got != want {
				t.Errorf("compared: %s, want %s", got, want)
			}
		})
	}
}
