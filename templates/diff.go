package templates

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/secret"
)

// Diff verifies the bundle, and gives what Write would change below dir as a
// unified diff. In the place of secrets stand marks, which differ when the secrets differ. The manifest,
// which repeats the rest as digests, is left out.
func Diff(b *Bundle, dir string) ([]byte, error) {
	tree, err := surveyTree(b, dir)
	if err != nil {
		return nil, err
	}
	veil := veil{secret.NewHasher()}
	var out bytes.Buffer
	for _, c := range append(tree.cutOff, tree.rights()...) {
		out.WriteString(c.Path + ": " + c.What + "\n")
	}
	for _, s := range tree.states {
		if s.file.Path == b.Manifest || s.equal {
			continue
		}
		from := "/dev/null"
		if s.exists {
			from = "a" + s.file.Path
		}
		out.Write(diff.Diff(from, veil.text(s.file, s.content), "b"+s.file.Path, veil.text(s.file, s.file.Content)))
	}
	for _, p := range tree.stale {
		out.WriteString("Only on disk, no longer produced: " + p + "\n")
	}
	return out.Bytes(), nil
}

// veil hides what is secret in a text.
type veil struct{ secret.Hasher }

func (v veil) text(f File, content []byte) []byte {
	switch {
	case !f.Secret || len(content) == 0:
		return content
	case f.Kind == HTTPD || f.Kind == Merged:
		return v.httpd(content)
	default:
		return v.json(content)
	}
}

// httpd covers the arguments of secret directives, line by line.
func (v veil) httpd(content []byte) []byte {
	file, list := httpdconf.Parse("", content)
	if list.HasErrors() {
		return v.lines(content)
	}
	var replaced []string
	httpdconf.Walk(file.Nodes, func(_ []*httpdconf.Node, n *httpdconf.Node) bool {
		if httpdconf.Secret(n.Name) && n.RawArgs != "" {
			replaced = append(replaced, n.RawArgs, v.mark(n.RawArgs))
		}
		return true
	})
	return []byte(strings.NewReplacer(replaced...).Replace(string(content)))
}

func (v veil) json(content []byte) []byte {
	var members map[string]any
	if json.Unmarshal(content, &members) != nil {
		return v.lines(content)
	}
	for name, value := range members {
		if text, ok := value.(string); ok && strings.Contains(name, "secret") {
			members[name] = v.mark(text)
		}
	}
	text, err := newPress().encode(members)
	if err != nil {
		return v.lines(content)
	}
	return text
}

// lines covers everything, where it is not known what the text is.
func (v veil) lines(content []byte) []byte {
	lines := strings.SplitAfter(string(content), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = v.mark(line) + "\n"
		}
	}
	return []byte(strings.Join(lines, ""))
}

func (v veil) mark(text string) string { return "<secret " + v.Mark(text) + ">" }
