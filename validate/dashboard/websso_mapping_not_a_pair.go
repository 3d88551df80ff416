package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pysettings"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoMappingNotAPair() rule.Rule {
	return rule.Rule{
		Slug:     "websso-mapping-not-a-pair",
		Severity: finding.Error,
		Title:    "WEBSSO_IDP_MAPPING has something else than pairs",
		Why:      "Horizon unpacks each value of `WEBSSO_IDP_MAPPING` into an identity provider and a protocol. A text, or a tuple of one or three, raises an exception: who takes that choice sees an error 500.",
		Mend:     "Write (\"IDENTITY PROVIDER\", \"PROTOCOL\").",
		Source:   "Horizon, openstack_auth/utils.py, get_websso_url",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			s, ok := d.Conf.Get("WEBSSO_IDP_MAPPING")
			if !ok || s.Kind != pysettings.Dict {
				return
			}
			for _, part := range s.Parts {
				if n, known := size(part); part.Key != nil && known && n != 2 {
					p.Report(finding.Finding{
						At:      part.At,
						Message: "WEBSSO_IDP_MAPPING has something else than an identity provider and a protocol: who takes this choice gets 500",
						Hint:    fmt.Sprintf("%q: (\"IDENTITY PROVIDER\", \"PROTOCOL\"),", part.Key.Value),
					}, "WEBSSO_IDP_MAPPING")
				}
			}
		},
	}
}

// size gives how many names a value unpacks to.
func size(part pysettings.Part) (n int, known bool) {
	switch part.Kind {
	case pysettings.Tuple, pysettings.List:
		return len(part.Parts), true
	case pysettings.Scalar:
		text, isText := part.Value.(string)
		return len([]rune(text)), isText && part.Decided
	}
	return 0, false
}
