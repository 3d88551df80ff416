package mapping

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func mappingRefused(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "mapping-refused",
		Severity: finding.Error,
		Title:    "Keystone's schema refuses the mapping when it is stored",
		Why: "Keystone holds every mapping against a JSON schema before it stores it, and answers 400 with jsonschema's words, which " +
			"rarely name the place. A key that is misspelt (`any_of`), a text where a list belongs or a group without its domain is enough. " +
			"Which keys there are hangs on the release and on `schema_version`.",
		Mend:   "Write it as the hint shows. Where the message names releases, the others take the mapping as it is.",
		Source: "keystone/federation/utils.py, validate_mapping_structure",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			for _, f := range d.refusals {
				p.Report(f, d)
			}
		}),
	}
}
