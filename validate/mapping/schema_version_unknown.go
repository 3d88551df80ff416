package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func schemaVersionUnknown(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "schema-version-unknown",
		Severity: finding.Error,
		Title:    "the mapping states a schema version that Keystone does not know",
		Why: "Since 2024.1 a mapping may state `schema_version`: 1.0 and 2.0, and 3.0 since 2026.1. Any other value, 2 for \"2.0\" included, is " +
			"a KeyError before anything is checked, and the web server answers with its own page and status 500. Earlier releases pass over it.",
		Mend:   "State a version that the release knows, as text. What 1.0 offers is enough for most mappings.",
		Source: "keystone/federation/utils.py, validate_mapping_structure",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			stated := d.Doc.Root.Get("schema_version")
			if stated == nil || d.release.Number > 0 && d.release.SchemaVersions == nil || slices.Contains(d.versions(), stated.Text()) {
				return
			}
			f := finding.Finding{
				At:      stated.At,
				Message: fmt.Sprintf("schema_version is %s, but Keystone%s knows %s: storing the mapping ends in 500", written(stated), d.called(), strings.Join(d.versions(), ", ")),
				Hint:    `"schema_version": "1.0"`,
			}
			if meant := d.nearVersion(stated); meant != "" {
				f.Hint = `"schema_version": ` + quoted(meant)
				f.Fix = rewrite("state version "+meant, stated, meant)
			}
			if d.release.Number == 0 {
				f.Severity = finding.Warning
				f.Message += ", and before 2024.1 it is passed over"
			}
			p.Report(f, d)
		}),
	}
}

// nearVersion gives the version that is meant by its number: 2.0 for 2 and "2".
func (d *document) nearVersion(stated *engine.Node) string {
	given := strings.TrimSuffix(strings.Trim(written(stated), `" `), ".0")
	for _, v := range d.versions() {
		if given == strings.TrimSuffix(v, ".0") {
			return v
		}
	}
	return ""
}

// versions gives the schema versions that the release knows; of an unknown one
// those that any does.
func (d *document) versions() []string {
	if d.release.Number > 0 {
		return d.release.SchemaVersions
	}
	all := platform.Releases()
	return all[len(all)-1].SchemaVersions
}

// called names the release behind the word Keystone.
func (d *document) called() string {
	if d.release.Number > 0 {
		return " " + d.release.Name
	}
	return ""
}
