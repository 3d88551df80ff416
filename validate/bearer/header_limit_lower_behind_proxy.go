package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func headerLimitLowerBehindProxy() rule.Rule {
	return rule.Rule{
		Slug:     "header-limit-lower-behind-proxy",
		Severity: finding.Warning,
		Title:    "the inner virtual host takes smaller headers than the public one",
		Why: "A request that a virtual host hands on to another one is read twice, by the limit of either port. Where only the public one's " +
			"`LimitRequestFieldSize` was raised, a token with many groups passes it, and gets 400 from the inner one, which is no help in " +
			"finding out why.",
		Mend:   "The same `LimitRequestFieldSize` in the first virtual host of the inner port.",
		Source: "httpd server/protocol.c, ap_get_mime_headers_core",
		Check: func(p *rule.Pass) {
			seen := map[*subject.Vhost]bool{}
			for _, v := range p.Vhosts() {
				outer, at := limit(firstOfPort(v))
				inner := behindProxy(v)
				if at == nil || inner == nil || seen[inner] {
					continue
				}
				if seen[inner] = true; outer > limitOf(inner) {
					p.On(at, finding.Finding{
						Message: fmt.Sprintf("headers of %d bytes pass here, and %s, to which tokens go on, takes %d: larger tokens get 400", outer, inner.Name(), limitOf(inner)),
						Hint:    fmt.Sprintf("# in %s:\nLimitRequestFieldSize %d", inner.Name(), outer),
						Related: []finding.Related{{Message: "the first of the inner port", At: inner.At()}},
					}, inner)
				}
			}
		},
	}
}

func limitOf(v *subject.Vhost) int {
	bytes, _ := limit(v)
	return bytes
}

// behindProxy gives the virtual host whose limits count where the first door that
// is handed on goes; nil for none.
func behindProxy(v *subject.Vhost) *subject.Vhost {
	if len(v.Tree.Commands("proxypass")) == 0 {
		return nil
	}
	for _, d := range v.Doors() {
		if inner, known := d.Inner(); known && inner != d {
			return firstOfPort(inner.Vhost)
		}
	}
	return nil
}
