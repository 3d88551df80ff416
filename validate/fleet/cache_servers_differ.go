package fleet

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cacheServersDiffer() rule.Rule {
	return rule.Rule{
		Slug:     "cache-servers-differ",
		Severity: finding.Error,
		Title:    "controllers look for sessions in different places",
		Why: "Which memcached server has a session is computed from the list of servers and their order. Two controllers with other lists, or the same servers in another order, look in different places: a session that one has made " +
			"the other does not find, and the user has to log in again on each change of controller. The same holds for another kind of cache or another Redis.",
		Mend:   "The same list in the same order on all controllers, with names that mean the same everywhere.",
		Source: "apr_memcache.c, apr_memcache_find_server_hash_default; mod_auth_openidc, src/cache/memcache.c",
		Fleet: func(p *rule.FleetPass) {
			mark := newMarker()
			for _, s := range alike(machines(p)) {
				for _, d := range []string{"OIDCCacheType", "OIDCMemCacheServers", "OIDCRedisCacheServer", "OIDCRedisCacheDatabase"} {
					v, differ := count(commanded(s, lower(d), mark))
					if !differ || !relying(s) {
						continue
					}
					p.Report(v.finding(fmt.Sprintf("%s differs: %s and %s look for sessions in different places", d, names(v.others), names(v.most)),
						"# the same on all controllers, also the order\nOIDCMemCacheServers \"CONTROLLER1:11211 CONTROLLER2:11211\""), v.about()...)
					break
				}
			}
		},
	}
}
