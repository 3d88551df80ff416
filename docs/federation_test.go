package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/spec"
)

// node is as much of a JSON Schema as docs/federation.md tells of.
type node struct {
	Ref         string `json:"$ref"`
	Title       string
	Description string
	Type        string
	Enum        []any
	Const       any
	Default     any
	Required    []string
	Properties  map[string]node
	Items       *node
	Additional  json.RawMessage `json:"additionalProperties"`
	AnyOf       []node          `json:"anyOf"`
	OneOf       []node          `json:"oneOf"`
	Defs        map[string]node `json:"$defs"`
}

// TestFederationReference holds docs/federation.md to the JSON Schema.
func TestFederationReference(t *testing.T) {
	var schema node
	if err := json.Unmarshal(spec.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(labtest.Repository(t), "docs", "federation.md")
	fresh := reference(schema)
	if *update {
		if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(old), fresh); diff != "" {
		t.Errorf("docs/federation.md has drifted from the schema; `make update` rewrites it (-file +schema):\n%s", diff)
	}
}

const referenceHead = `# federation.yaml

Every key of version 1, written from the JSON Schema that ` + "`fedstone schema`" + ` prints. With the line
` + "`# yaml-language-server: $schema=federation.schema.json`" + ` an editor completes and checks the same keys.

Secrets are named, never written: ` + "`{file: PATH}`, `{env: NAME}` or `{exec: [COMMAND, …]}`" + `.
Paths of ` + "`httpd`" + ` are paths on the target; all others are relative to the file's folder.
`

// reference writes one table for each object of the schema.
func reference(schema node) string {
	var b strings.Builder
	b.WriteString(referenceHead)
	for _, name := range slices.Sorted(mapKeys(schema.Defs)) {
		def := schema.Defs[name]
		if len(def.Properties) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| key | value | meaning |\n|---|---|---|\n", def.Title, def.Description)
		for _, key := range slices.Sorted(mapKeys(def.Properties)) {
			p := def.Properties[key]
			mark := ""
			if slices.Contains(def.Required, key) {
				mark = " *"
			}
			fmt.Fprintf(&b, "| `%s`%s | %s | %s%s |\n", key, mark, value(schema, p), meaning(schema, p), fallback(p))
		}
	}
	b.WriteString("\n\\* must be given\n")
	return b.String()
}

func mapKeys(m map[string]node) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (n node) resolve(schema node) node {
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		return schema.Defs[name]
	}
	return n
}

func meaning(schema, n node) string {
	if n.Description == "" {
		n = n.resolve(schema)
	}
	return strings.ReplaceAll(n.Description, "|", "\\|")
}

func fallback(n node) string {
	if n.Default == nil {
		return ""
	}
	text, _ := json.Marshal(n.Default)
	return " Default: `" + string(text) + "`."
}

// value says what may stand at a key, in words.
func value(schema, n node) string {
	to := n.resolve(schema)
	switch {
	case len(to.Enum) > 0:
		return words(to.Enum)
	case to.Const != nil:
		return words([]any{to.Const})
	case len(to.Properties) > 0:
		return "[" + to.Title + "](#" + anchor(to.Title) + ")"
	case to.Type == "array" && to.Items != nil:
		return "list of " + value(schema, *to.Items)
	case to.Type == "object":
		return "by name: " + inner(schema, to)
	case len(to.AnyOf)+len(to.OneOf) > 0:
		return alternatives(schema, append(to.AnyOf, to.OneOf...))
	case to.Type != "":
		return to.Type
	default:
		return "anything"
	}
}

func inner(schema, n node) string {
	var of node
	if json.Unmarshal(n.Additional, &of) != nil {
		return "anything"
	}
	return value(schema, of)
}

func alternatives(schema node, all []node) string {
	var out []string
	for _, n := range all {
		if text := value(schema, n); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return strings.Join(out, ", or ")
}

func words(values []any) string {
	var out []string
	for _, v := range values {
		out = append(out, fmt.Sprintf("`%v`", v))
	}
	return strings.Join(out, " ")
}

func anchor(title string) string {
	return strings.ReplaceAll(strings.ToLower(title), " ", "-")
}
