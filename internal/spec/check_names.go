package spec

import (
	"fmt"
	"path"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
)

const maxID = 64 // of identity providers and protocols (keystone/federation/backends/sql.py)

var idText = pattern.Lazy(`^[A-Za-z0-9._-]{1,64}$`)

// id: it becomes a segment of URLs and a part of file names.
func (l *loader) id(t Text, what string) {
	switch {
	case !idText().MatchString(t.Value):
		l.fail("bad-id", t.At, fmt.Sprintf("%s %s: expected 1 to %d of the characters A-Z a-z 0-9 . _ -", what, show(t.Value), maxID), "")
	case strings.HasPrefix(t.Value, "."):
		l.fail("bad-id", t.At, fmt.Sprintf("%s %s begins with a dot", what, show(t.Value)), "")
	case strings.HasSuffix(t.Value, "."):
		l.fail("bad-id", t.At, fmt.Sprintf("%s %s ends with a dot", what, show(t.Value)), "")
	}
}

// name: of a domain, project, group or role, as Keystone stores it. White space
// at the ends is invisible and is lost by some databases' comparison.
func (l *loader) name(t Text, what string, most int) {
	switch {
	case !t.Given():
	case strings.TrimSpace(t.Value) != t.Value:
		l.fail("bad-name", t.At, fmt.Sprintf("%s %s begins or ends with white space", what, show(t.Value)), "")
	case len([]rune(t.Value)) > most:
		l.fail("bad-name", t.At, fmt.Sprintf("%s has %d characters, Keystone stores at most %d", what, len([]rune(t.Value)), most), "")
	}
}

// plainName is a name that also becomes a part of a mapping, where braces would
// be a template.
func (l *loader) plainName(t Text, what string, most int) {
	if strings.ContainsAny(t.Value, "{}") {
		l.fail("bad-name", t.At, fmt.Sprintf("%s %s holds a brace: it is a name, not a template", what, show(t.Value)), "")
		return
	}
	l.name(t, what, most)
}

// localPath: any path will do that cannot be taken for an option.
func (l *loader) localPath(t Text, what string) {
	if strings.HasPrefix(t.Value, "-") {
		l.fail("bad-path", t.At, fmt.Sprintf("%s %s begins with a hyphen", what, show(t.Value)), "./"+t.Value)
	}
}

var targetText = pattern.Lazy(`^/[A-Za-z0-9._/@+-]*$`)

// targetPath: it is written into httpd's configuration.
func (l *loader) targetPath(t Text, what string) {
	switch {
	case !t.Given():
	case !targetText().MatchString(t.Value):
		l.fail("bad-path", t.At, fmt.Sprintf("%s %s: expected an absolute path on the target, of the characters A-Z a-z 0-9 . _ / @ + -", what, show(t.Value)), "")
	case path.Clean(t.Value) != t.Value:
		l.fail("bad-path", t.At, fmt.Sprintf("%s %s is not the shortest way to write that path", what, show(t.Value)), path.Clean(t.Value))
	}
}

// collide reports names that only differ by case: MySQL compares so, and so do
// some file systems.
func (l *loader) collide(slug, what string, all []Text) {
	first := map[string]finding.Range{}
	for _, t := range all {
		folded := strings.ToLower(t.Value)
		if at, taken := first[folded]; taken {
			l.twice(slug, finding.Error, t.At, at, fmt.Sprintf("%s %s differs from another by case only", what, show(t.Value)), "rename one")
			continue
		}
		first[folded] = t.At
	}
}
