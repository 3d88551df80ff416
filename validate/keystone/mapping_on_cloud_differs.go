package keystone

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func mappingOnCloudDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "mapping-on-cloud-differs",
		Severity: finding.Warning,
		Title:    "the live mapping is not the one in the file",
		Why:      "Keystone keeps mappings in its database; a file beside keystone.conf has no effect until it is stored. Where the two differ, somebody changed one and not the other, and what was reviewed in the file is not what decides over rights.",
		Mend:     "Store the file, or save what is live.",
		Source:   "Keystone's API, OS-FEDERATION, mappings",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil {
				return
			}
			for _, m := range p.Mappings {
				live := liveMapping(p.Cloud, m.Name)
				if live == nil || strings.HasPrefix(m.Path, p.Cloud.Name+"/") || sameRules(live.Rules, p.Raw(m.Path)) {
					continue
				}
				p.Report(finding.Finding{
					At:      finding.Range{Path: m.Path},
					Message: fmt.Sprintf("the rules in this file are not those of the mapping %s on the live Keystone", m.Name),
					Hint:    fmt.Sprintf("openstack mapping set --rules %s %s", m.Path, m.Name),
					Related: []finding.Related{{Message: "the live mapping", At: p.Cloud.At()}},
				}, "mapping:"+m.Name)
			}
		},
	}
}

func liveMapping(c *subject.Cloud, name string) *subject.CloudMapping {
	for i := range c.Mappings {
		if c.Mappings[i].ID == name {
			return &c.Mappings[i]
		}
	}
	return nil
}

// sameRules compares rules by what they mean as JSON. A file that cannot be read is
// told elsewhere.
func sameRules(live, file []byte) bool {
	var a, b any
	if json.Unmarshal(live, &a) != nil || json.NewDecoder(bytes.NewReader(file)).Decode(&b) != nil {
		return true
	}
	for {
		o, ok := b.(map[string]any)
		if !ok {
			return reflect.DeepEqual(a, b)
		}
		if b = o["rules"]; b == nil {
			b = o["mapping"]
		}
	}
}
