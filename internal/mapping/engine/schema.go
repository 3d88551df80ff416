package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
)

// Check gives what Keystone itself refuses when the mapping is stored
// (validate_mapping_structure of keystone/federation/utils.py): one finding for
// each of its errors, in its order. A schema version that the release lacks is
// the only finding, since Keystone fails on it before it looks at the rules.
func Check(doc *Document, o Options) finding.List {
	if list := unknownVersion(doc, o); list != nil {
		return list
	}
	r, err := o.settle(doc)
	if err != nil {
		return finding.List{badMapping(finding.Range{Path: doc.Path}, err.Error(), "")}
	}
	v := validation{rules: r}
	v.validate(object(doc), r.mappingShape(), path{}, path{})
	v.sort()
	var list finding.List
	for _, found := range v.found {
		list = append(list, r.finding(found))
	}
	return list
}

// object gives the mapping as the API takes it; keystone-manage makes that of a
// bare list (keystone/cmd/cli.py, normalize_rules).
func object(doc *Document) *Node {
	if _, bare := doc.Root.Value.([]*Node); bare {
		return &Node{At: doc.Root.At, Value: []Member{{Key: "rules", Value: doc.Root}}}
	}
	return doc.Root
}

// unknownVersion judges what the document states, unless the options overrule
// it. Releases before 2024.1 do not look at it.
func unknownVersion(doc *Document, o Options) finding.List {
	stated := doc.Root.Get("schema_version")
	r, err := release(o.Release)
	if err != nil || stated == nil || o.Schema != "" || r.SchemaVersions == nil {
		return nil
	}
	if text, ok := stated.Value.(string); ok && slices.Contains(r.SchemaVersions, text) {
		return nil
	}
	message := fmt.Sprintf("schema_version is %s, but Keystone %s knows %s: it answers with its web server's 500",
		shownNode(stated), r.Name, strings.Join(r.SchemaVersions, ", "))
	if first := firstWith(stated.Text()); first != "" {
		message += fmt.Sprintf(" (%s came with %s)", stated.Text(), first)
	}
	return finding.List{badMapping(stated.At, message, `"schema_version": "1.0"`)}
}

// firstWith names the release that brought a schema version; "" when none has.
func firstWith(version string) string {
	for _, r := range platform.Releases() {
		if slices.Contains(r.SchemaVersions, version) {
			return r.Name
		}
	}
	return ""
}

func badMapping(at finding.Range, message, hint string) finding.Finding {
	return finding.Finding{Slug: "bad-mapping", Severity: finding.Error, At: at, Message: message, Hint: hint}
}
