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
	known    map[string]known
	findings finding.List
}

// known is where a name stands, and whether it was said that it is repeated.
type known struct {
	at   int
	said bool
}

func (m *members) add(c Claim) {
	if m.known == nil {
		m.known = map[string]known{}
	}
	k, again := m.known[c.Name]
	if !again {
		m.known[c.Name] = known{at: len(m.object)}
		m.object = append(m.object, c)
		return
	}
	if !k.said {
		m.warn(c, k.at)
	}
	m.known[c.Name] = known{at: k.at, said: true}
	m.object[k.at].Value = c.Value
}

func (m *members) warn(c Claim, first int) {
	m.findings = append(m.findings, finding.Finding{
		Slug: "claim-repeated", Severity: finding.Warning, At: c.At,
		Message: fmt.Sprintf("%q stands here again; the last value counts", Shown(clip(c.Name))),
		Hint:    "keep one of them",
		Related: []finding.Related{{Message: "the first one", At: m.object[first].At}},
	})
}
