package spec

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
	"gopkg.in/yaml.v3"
)

// TestFile is a *.test.yaml: tests of a mapping written by hand, or of one
// identity provider of a federation.yaml. What it leaves out of release, schema,
// python and module is what the mapping's own description says, or the default.
type TestFile struct {
	Path    string
	Mapping Text // a file of rules, or federation.yaml#idp; relative to the file's folder
	Release Text
	Schema  Text
	Python  Text
	Module  TestModule
	Tests   []Test
}

// TestModule is the httpd module that makes claims into the environment.
type TestModule struct {
	Name      Text // mod_auth_openidc or mod_oauth2
	Version   Text
	Prefix    *Text // nil: not given; "" is a prefix too
	Delimiter Text
	PassAs    Text
	At        finding.Range
}

// ReadTestFile reads a test file; the source it gives is for excerpts, as that
// of ReadFile. The error is a failure to read.
func ReadTestFile(path string) (*TestFile, []byte, finding.List, error) {
	src, err := input.File(path, maxSize)
	if err != nil {
		return nil, nil, nil, err
	}
	f, shown, list := loadTests(path, src)
	return f, shown, list, nil
}

func loadTests(path string, src []byte) (*TestFile, []byte, finding.List) {
	f := &TestFile{Path: path}
	shown, list := document(path, src, "begin with: mapping: rules.json", object("the file", nil, f.keys()), func(l *loader) { l.testFile(f) })
	return f, shown, list
}

func (f *TestFile) keys() []key {
	return []key{
		{"mapping", "rules.json", text("mapping", &f.Mapping)},
		{"release", "", word("release", &f.Release)},
		{"schema", "", word("schema", &f.Schema)},
		{"python", "", word("python", &f.Python)},
		{"module", "", object("module", &f.Module.At, f.Module.keys())},
		{"tests", "[{name: …, claims: {…}, want: {…}}]", func(l *loader, n *yaml.Node) { l.tests(n, &f.Tests, (*Test).fileKeys) }},
	}
}

func (m *TestModule) keys() []key {
	return []key{
		{"name", "", choice("module.name", &m.Name, "mod_auth_openidc", "mod_oauth2")},
		{"version", "", word("module.version", &m.Version)},
		{"prefix", "", m.prefix},
		{"delimiter", "", text("module.delimiter", &m.Delimiter)},
		{"pass_as", "", choice("module.pass_as", &m.PassAs, "environment", "headers", "both")},
	}
}

func (m *TestModule) prefix(l *loader, n *yaml.Node) {
	if value, ok := l.wantWord(n, "module.prefix"); ok {
		m.Prefix = &Text{Value: value.(string), At: l.src.of(n)}
	}
}

// fileKeys are those of a test in a test file, where a login may also be given
// as an environment or as a token.
func (t *Test) fileKeys() []key {
	table := t.keys()
	for i := range table {
		if table[i].name == "claims" {
			table[i].example = ""
		}
	}
	return append(table,
		key{"environment", "", t.environment},
		key{"jwt", "", text("jwt", &t.JWT)})
}

// environment reads variables as Keystone finds them: texts.
func (t *Test) environment(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "environment") {
		return
	}
	t.Environment = map[string]string{}
	l.pairs(n, "environment", func(name Text, v *yaml.Node) {
		if v.Kind == yaml.SequenceNode || v.Kind == yaml.MappingNode {
			l.fail("wrong-type", l.src.of(v), fmt.Sprintf("variable %s is %s, expected a text, in which several values stand with ; between them", show(name.Value), typeName(v)), `"a;b"`)
			return
		}
		if value, ok := l.wantWord(v, "variable "+show(name.Value)); ok {
			t.Environment[name.Value] = value.(string)
		}
	})
}

func (l *loader) testFile(f *TestFile) {
	if f.Release.Given() {
		l.oneOf("release", f.Release, releaseNames())
	}
	if f.Schema.Given() {
		l.oneOf("schema", f.Schema, []string{"1.0", "2.0", "3.0"})
	}
	for _, t := range f.Tests {
		l.oneLogin(t)
	}
}

// oneLogin: exactly one of claims, environment and jwt.
func (l *loader) oneLogin(t Test) {
	given := 0
	for _, has := range []bool{t.Claims != nil, t.Environment != nil, t.JWT.Given()} {
		if has {
			given++
		}
	}
	what := "test " + show(t.Name.Value)
	switch {
	case given > 1:
		l.fail("test-login", t.At, what+" gives its login in several ways, expected one of claims, environment and jwt", "delete all but one")
	case given == 0 && !l.failedWithin(t.At):
		l.fail("test-login", t.At, what+" lacks the login, expected one of claims, environment and jwt", "claims: {sub: alice}")
	}
}

// failedWithin reports whether something was refused inside a place.
func (l *loader) failedWithin(at finding.Range) bool {
	for _, f := range l.list {
		if f.At.Start.Byte >= at.Start.Byte && f.At.End.Byte <= at.End.Byte && f.Slug != "unknown-key" {
			return true
		}
	}
	return false
}
