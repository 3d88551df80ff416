package fleet

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "metadata-differs",
		Severity: finding.Error,
		Title:    "controllers know different things of an issuer",
		Why: "What is in `OIDCMetadataDir` belongs to one machine. Where an issuer's file is missing on a controller, or an old one is left, logins at this issuer fail when the load balancer sends them there, while those at other issuers work. " +
			"Files are compared by what they say, not by their layout; secrets by a keyed hash, whose key is not kept.",
		Mend:   "The same files on all controllers. The module reads them at each login: no restart is needed.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_get",
		Fleet: func(p *rule.FleetPass) {
			mark := newMarker()
			for _, s := range alike(machines(p)) {
				var differ groups
				for _, name := range fileNames(s) {
					if v, ok := count(filed(s, name, mark)); ok {
						differ.add(name, v)
					}
				}
				for _, g := range differ.all() {
					p.Report(g.finding(g.what()+" is not the same everywhere: "+g.sides(), "# the same files on all controllers, in "+s.hosts[0].Folder().Path), g.about...)
				}
			}
		},
	}
}

// readable gives the metadata directory of a virtual host; nil where none can be
// looked at.
func readable(v *subject.Vhost) *subject.Folder {
	if f := v.Folder(); f != nil && f.Err == nil {
		return f
	}
	return nil
}

// fileNames gives the names of metadata that any machine has, in order; none where a
// machine's folder cannot be looked at.
func fileNames(s same) []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range s.hosts {
		f := readable(v)
		if f == nil {
			return nil
		}
		for _, e := range f.Entries {
			if e.Suffix != "" && !seen[e.Name] {
				seen[e.Name] = true
				out = append(out, e.Name)
			}
		}
	}
	return out
}

// filed gives the voices about a file.
func filed(s same, name string, mark marker) []voice {
	var out []voice
	for i, v := range s.hosts {
		f := readable(v)
		one := voice{machine: s.machines[i].Name, at: finding.Range{Path: f.Show}, about: f}
		if at, ok := slices.BinarySearchFunc(f.Entries, name, byName); ok && f.Entries[at].Src != nil {
			e := f.Entries[at]
			one.mark, one.at, one.about = mark.of(meaning(e.Src)), finding.Range{Path: e.Show}, e
		}
		out = append(out, one)
	}
	return out
}

func byName(e *subject.Entry, name string) int { return strings.Compare(e.Name, name) }

// meaning is a JSON text without its layout; any other text is itself.
func meaning(src []byte) string {
	var value any
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return string(src)
	}
	plain, err := json.Marshal(value)
	if err != nil {
		return string(src)
	}
	return string(plain)
}
