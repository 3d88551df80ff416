package claims

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
)

// members gathers an object. Of a repeated name the last value stays, at the
// place of the first, as in Python's dict and in jansson.
type members struct {
	src      *source
	object   Object
	known    map[string]int
	findings finding.List
}

func (m *members) add(c Claim) {
	if m.known == nil {
		m.known = map[string]int{}
	}
	i, again := m.known[c.Name]
	if !again {
		m.known[c.Name] = len(m.object)
		m.object = append(m.object, c)
		return
	}
	m.findings = append(m.findings, finding.Finding{
		Slug: "claim-repeated", Severity: finding.Warning, At: c.At,
		Message: fmt.Sprintf("%q stands here again; the last value counts", Shown(clip(c.Name))),
		Hint:    "keep one of them",
		Related: []finding.Related{{Message: "the first one", At: m.object[i].At}},
	})
	m.object[i].Value = c.Value
}
