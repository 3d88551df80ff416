package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func defaultSchemaVersion() rule.Rule {
	return rule.Rule{
		Slug:     "default-schema-version",
		Severity: finding.Error,
		Title:    "a schema version of mappings that the release does not have",
		Why: "`attribute_mapping_default_schema_version` is what a mapping gets that states no version. Releases before 2024.1 pass over the option; later ones know 1.0 and 2.0, and since 2026.1 also 3.0. " +
			"Any other value makes storing a mapping without a version end in 500.",
		Mend:   "Name a version that the release has, or state it in each mapping.",
		Source: "Keystone, keystone/conf/federation.py; keystone/federation/utils.py, IDP_ATTRIBUTE_MAPPING_SCHEMAS",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			value, v, ok := text(p.Site, "federation", "attribute_mapping_default_schema_version")
			if !ok {
				return
			}
			release, known := platform.ReleaseByName(p.Release)
			f := finding.Finding{At: line(v)}
			switch {
			case known && release.SchemaVersions == nil:
				f.Message = fmt.Sprintf("%s has no schema versions of mappings: the option has no effect", p.Release)
				f.Hint, f.Fix = "# "+v.Key+" = "+firstLine(value), asComment(v)
			case known && !slices.Contains(release.SchemaVersions, value):
				f.Severity = finding.Error
				f.Message = fmt.Sprintf("%s has no schema version %q of mappings, but %s: storing one ends in 500", p.Release, firstLine(value), strings.Join(release.SchemaVersions, ", "))
				f.Hint = v.Key + " = " + release.SchemaVersions[len(release.SchemaVersions)-1]
			case !known && !slices.Contains([]string{"1.0", "2.0", "3.0"}, value):
				f.Severity = finding.Error
				f.Message = fmt.Sprintf("no release has the schema version %q of mappings, but 1.0, 2.0 and 3.0: storing one ends in 500", firstLine(value))
				f.Hint = v.Key + " = 1.0"
			default:
				return
			}
			p.Report(f)
		},
	}
}
