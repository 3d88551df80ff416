package metadata

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataLeftovers(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-leftovers",
		Severity: finding.Info,
		Title:    "the metadata directory holds files that nobody reads",
		Why: "Only names that end in `.provider`, `.client` and `.conf` are read. Copies of editors and package managers are not, and folders are none of them; " +
			"a copy of a `.client` file still holds the secret, often with a mode of its own, and goes along with every copy of the directory.",
		Mend:   "Remove them.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_list and oidc_metadata_file_path",
		Check: r.eachFolder(func(p *rule.Pass, f *subject.Folder, _ []*issuer) {
			var found []string
			for _, e := range f.Entries {
				if left(e) {
					found = append(found, e.Name)
				}
			}
			if len(found) == 0 {
				return
			}
			var lines []string
			for _, name := range found {
				lines = append(lines, "rm -r "+shell(f.Path+"/"+name))
			}
			p.Report(finding.Finding{
				At:      finding.Range{Path: f.Show + "/" + found[0]},
				Message: fmt.Sprintf("nobody reads %s in the metadata directory; a copy of a .client file still holds its secret", some(found)),
				Hint:    strings.Join(lines[:min(len(lines), 5)], "\n"),
			}, f)
		}),
	}
}

// left reports whether an entry is a copy that somebody left, or no file.
func left(e *subject.Entry) bool {
	if e.Suffix != "" {
		return e.Info != nil && e.Info.IsDir()
	}
	for _, end := range []string{"~", ".swp", ".swo", ".bak", ".orig", ".old", ".save", ".rpmnew", ".rpmsave", ".dpkg-old", ".dpkg-new", ".dpkg-dist", ".ucf-dist", ".tmp", ".json"} {
		if strings.HasSuffix(e.Name, end) {
			return true
		}
	}
	return strings.HasPrefix(e.Name, "#") || strings.HasPrefix(e.Name, ".#")
}

// some names the first of many.
func some(names []string) string {
	if len(names) <= 3 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
}
