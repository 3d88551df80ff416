package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redisNotBuilt() rule.Rule {
	return rule.Rule{
		Slug:     "redis-not-built",
		Severity: finding.Error,
		Title:    "redis with a module that is built without it",
		Why: "Red Hat builds mod_auth_openidc without hiredis: the directives of redis are unknown there, and so is " +
			"`OIDCCacheType redis`. httpd does not start.",
		Mend:   "Use memcache, or sessions in the client's cookie (OIDCSessionType client-cookie).",
		Source: "the package's spec file (--without-hiredis)",
		Check: func(p *rule.Pass) {
			if p.Platform.Name == "" || p.Platform.Layout.RedisSupported {
				return
			}
			for _, t := range p.Trees {
				for _, at := range t.Commands("oidccachetype") {
					if subject.Arg(at, 0) == "redis" {
						p.On(at, finding.Finding{
							Message: "mod_auth_openidc of " + p.Platform.Title + " is built without redis: httpd does not start",
							Hint:    "OIDCCacheType memcache",
						}, t.VhostOf(at))
					}
				}
			}
		},
	}
}
