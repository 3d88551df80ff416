package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func schemaVersionIgnored(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "schema-version-ignored",
		Severity: finding.Warning,
		Title:    "the mapping states a schema version that this release passes over",
		Why: "Keystone before 2024.1 has one mapping schema, which was later called 1.0. It takes `schema_version` without a word and evaluates the " +
			"mapping as it always did: a `domain` beside `user` or `projects` has no effect there.",
		Mend:   "Remove it, and put users and projects into the identity provider's domain, or upgrade to 2024.1.",
		Source: "keystone/federation/utils.py, releases up to 2023.2",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			stated := d.Doc.Root.Get("schema_version")
			if stated == nil || d.release.Number == 0 || d.release.SchemaVersions != nil || stated.Text() == "1.0" {
				return
			}
			p.Report(finding.Finding{
				At:      stated.At,
				Message: fmt.Sprintf("schema_version is %s, but Keystone %s knows no versions and evaluates the mapping as 1.0", written(stated), d.release.Name),
				Hint:    `"schema_version": "1.0"`,
			}, d)
		}),
	}
}
