package fleet

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func mappingFilesDiffer() rule.Rule {
	return rule.Rule{
		Slug:     "mapping-files-differ",
		Severity: finding.Warning,
		Title:    "controllers hold different versions of a mapping",
		Why: "Keystone keeps mappings in its database, the same for all controllers; the files are what somebody loads them from. Where they differ, it depends on the machine at which the next person runs the command which rules the cloud has, " +
			"and users may get other groups without anybody having meant it.",
		Mend:   "The same files everywhere, or on one machine only.",
		Source: "keystone, keystone/api/os_federation.py, MappingResource",
		Fleet: func(p *rule.FleetPass) {
			all := withMappings(p)
			for _, name := range mappingNames(all) {
				var voices []voice
				for _, s := range all {
					one := voice{machine: s.Name, at: finding.Range{Path: s.Name}}
					for _, m := range s.Mappings {
						if m.Name == name {
							one.mark, one.at, one.about = meaning(s.Raw(m.Path)), finding.Range{Path: m.Path}, m
						}
					}
					voices = append(voices, one)
				}
				if v, differ := count(voices); differ {
					p.Report(v.finding(fmt.Sprintf("the mapping %s is not the same everywhere: %s", name, v.sides()), "# the same file on all controllers"), v.about()...)
				}
			}
		},
	}
}

// withMappings gives the machines that hold mappings at all.
func withMappings(p *rule.FleetPass) []*subject.Site {
	var out []*subject.Site
	for _, s := range p.Sites {
		if len(s.Mappings) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func mappingNames(all []*subject.Site) []string {
	var out []string
	for _, s := range all {
		for _, m := range s.Mappings {
			if !slices.Contains(out, m.Name) {
				out = append(out, m.Name)
			}
		}
	}
	return out
}
