package templates

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/spec"
)

// spot is one string of a sound description: a value, or a key of a mapping.
type spot struct {
	sample int
	path   []int  // of places in the nodes' contents
	shape  string // the path with names, as the schema has it: .identity_providers.*.rules[].user.name
	value  string
}

// samples are sound descriptions that together have every key: those of this
// package, in which all can be rendered, and those of the loader's own tests.
func samples(t testing.TB) []*yaml.Node {
	t.Helper()
	var files []string
	for _, where := range []string{"testdata/hostile/*.yaml", "../internal/spec/testdata/schema/good/*.yaml"} {
		found, err := filepath.Glob(where)
		if err != nil || len(found) == 0 {
			t.Fatal("no sound descriptions", where, err)
		}
		files = append(files, found...)
	}
	var out []*yaml.Node
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var document yaml.Node
		if err := yaml.Unmarshal(text, &document); err != nil {
			t.Fatal(err)
		}
		if sound(document.Content[0]) {
			out = append(out, document.Content[0])
		}
	}
	return out
}

// spots lists every string of the samples, of each shape that the schema knows
// at most two in a sample. Of what has few values by the schema only one is kept.
func spots(t testing.TB, samples []*yaml.Node) []spot {
	t.Helper()
	var out []spot
	known := shapes(t)
	for i, root := range samples {
		seen := map[string]int{}
		walkStrings(root, known, nil, "", func(path []int, shape string, n *yaml.Node) {
			if seen[shape]++; seen[shape] <= 2 {
				out = append(out, spot{i, slices.Clone(path), shape, n.Value})
			}
		})
	}
	return out
}

// walkStrings visits strings with the shape of their path. A key that the schema
// does not name is one that the user chose.
func walkStrings(n *yaml.Node, known map[string]bool, path []int, shape string, visit func([]int, string, *yaml.Node)) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.ShortTag() == "!!str" {
			visit(path, shape, n)
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			walkStrings(item, known, append(path, i), shape+"[]", visit)
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			inner := shape + "." + n.Content[i].Value
			if known[shape+".{key}"] {
				visit(append(path, i), shape+".{key}", n.Content[i])
				inner = shape + ".*"
			}
			walkStrings(n.Content[i+1], known, append(path, i+1), inner, visit)
		}
	}
}

// with gives the text of a sample with another string at a spot.
func (s spot) with(samples []*yaml.Node, value string) ([]byte, error) {
	root := cloned(samples[s.sample])
	n := root
	for _, i := range s.path {
		n = n.Content[i]
	}
	n.SetString(value)
	n.Style = yaml.DoubleQuotedStyle
	return yaml.Marshal(root)
}

func cloned(n *yaml.Node) *yaml.Node {
	out := *n
	out.Content = nil
	for _, child := range n.Content {
		out.Content = append(out.Content, cloned(child))
	}
	return &out
}

// shapes are all paths of strings that the JSON Schema of federation.yaml knows;
// false where it lists the values.
func shapes(t testing.TB) map[string]bool {
	t.Helper()
	root := schemaRoot(t)
	out := map[string]bool{}
	root.walk(root.Defs, "", 0, out)
	return out
}

func schemaRoot(t testing.TB) (root schemaNode) {
	t.Helper()
	if err := json.Unmarshal(spec.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	return root
}

type schemaNode struct {
	Ref        string                `json:"$ref"`
	Defs       map[string]schemaNode `json:"$defs"`
	Type       any                   `json:"type"`
	Enum       []any                 `json:"enum"`
	Properties map[string]schemaNode `json:"properties"`
	Items      *schemaNode           `json:"items"`
	AnyOf      []schemaNode          `json:"anyOf"`
	OneOf      []schemaNode          `json:"oneOf"`
	Others     json.RawMessage       `json:"additionalProperties"`
}

func (n schemaNode) walk(defs map[string]schemaNode, path string, depth int, out map[string]bool) {
	if depth > 24 {
		return
	}
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		defs[name].walk(defs, path, depth+1, out)
		return
	}
	for _, one := range slices.Concat(n.AnyOf, n.OneOf) {
		one.walk(defs, path, depth+1, out)
	}
	if _, listed := out[path]; len(n.Enum) > 0 && !listed {
		out[path] = false
	}
	if n.Type == "string" {
		out[path] = true
	}
	n.inside(defs, path, depth, out)
}

func (n schemaNode) inside(defs map[string]schemaNode, path string, depth int, out map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(n.Properties)) {
		n.Properties[name].walk(defs, path+"."+name, depth+1, out)
	}
	if n.Items != nil {
		n.Items.walk(defs, path+"[]", depth+1, out)
	}
	var others schemaNode
	if len(n.Others) > 0 && json.Unmarshal(n.Others, &others) == nil {
		out[path+".{key}"] = true
		others.walk(defs, path+".*", depth+1, out)
	}
}

// added puts a value at a shape that no sample has, and gives the samples with
// one more, or without where there is no place for it.
func added(t testing.TB, samples []*yaml.Node, shape string) []*yaml.Node {
	t.Helper()
	steps := strings.FieldsFunc(strings.ReplaceAll(shape, "[]", ".[]"), func(r rune) bool { return r == '.' })
	for i := range 2 * len(samples) {
		root := cloned(samples[i/2])
		insert(root, steps, i%2 == 1)
		if sound(root) {
			return append(samples, root)
		}
	}
	t.Errorf("%s: no sound description has a value here, nor can one be made: add one to templates/testdata/hostile", shape)
	return samples
}

// sound reports whether a description loads, written as the encoder writes it.
func sound(root *yaml.Node) bool {
	text, err := yaml.Marshal(root)
	_, list := spec.Load("f.yaml", text)
	return err == nil && !list.HasErrors()
}

// insert follows steps and makes what is not there; where it stands alone, in the
// place of what stood beside it.
func insert(n *yaml.Node, steps []string, alone bool) {
	if len(steps) == 0 {
		if n.Kind != yaml.ScalarNode || n.Value == "" {
			*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "because of x1, which stands here for a while"}
		}
		return
	}
	if last := slices.Index(steps, "[]"); alone && (len(steps) == 1 || last == 1 && len(steps) == 2) {
		n.Content = nil
	}
	want := yaml.MappingNode
	if steps[0] == "[]" {
		want = yaml.SequenceNode
	}
	if n.Kind != want {
		*n = yaml.Node{Kind: want}
	}
	insert(inner(n, steps[0]), steps[1:], alone)
}

// inner gives what a step leads to.
func inner(n *yaml.Node, step string) *yaml.Node {
	any := step == "[]" || step == "*" || step == "{key}"
	if any && len(n.Content) > 0 {
		return n.Content[len(n.Content)-1]
	}
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		if n.Content[i].Value == step {
			return n.Content[i+1]
		}
	}
	value := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str"}
	if n.Kind == yaml.MappingNode {
		if any {
			step = "x1"
		}
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: step})
	}
	n.Content = append(n.Content, value)
	return value
}

// everySpot lists the strings of sound descriptions so that every shape of the
// schema is among them: a key that is added to the form is fuzzed without anybody
// thinking of it.
func everySpot(t testing.TB) ([]*yaml.Node, []spot) {
	t.Helper()
	all := samples(t)
	reached := map[string]bool{}
	for _, s := range spots(t, all) {
		reached[s.shape] = true
	}
	for _, shape := range slices.Sorted(maps.Keys(shapes(t))) {
		if !reached[shape] {
			all = added(t, all, shape)
		}
	}
	return all, spots(t, all)
}

func TestEveryStringIsFuzzed(t *testing.T) {
	_, list := everySpot(t)
	if len(list) < 100 {
		t.Errorf("%d strings, want hundreds: the walk does not work", len(list))
	}
}

func (s spot) String() string { return strconv.Itoa(s.sample) + fmt.Sprint(s.path) + s.shape }
