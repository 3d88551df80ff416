package session

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cacheServersUnused() rule.Rule {
	return rule.Rule{
		Slug:     "cache-servers-unused",
		Severity: finding.Warning,
		Title:    "a cache is named that nothing is kept in",
		Why: "Which cache is used is said by `OIDCCacheType` alone, and its default is `shm`: the memory of this httpd. The servers that are named beside it are never asked. " +
			"With several controllers a session is then known to one of them only, and two of three requests lead to a new login; a restart ends all sessions.",
		Mend:   "Set `OIDCCacheType` to the kind whose servers are named, or take the line away.",
		Source: "mod_auth_openidc, src/config.c, OIDC_DEFAULT_CACHE_TYPE",
		After:  []string{"cache-server-missing", "redis-not-built"},
		Check: func(p *rule.Pass) {
			for _, kind := range []string{"memcache", "redis", "file"} {
				for _, s := range settings(p, party, strings.ToLower(serversOf(kind))) {
					used := cacheType(s.Vhost)
					if used == kind || named(used, s.Vhost) {
						continue
					}
					p.On(s.at, finding.Finding{
						Message: fmt.Sprintf("%s is set, but the cache is %s: it is not used, and what is kept stays in this httpd", s.at.Name, used),
						Hint:    "OIDCCacheType " + kind,
					}, s.Vhost)
				}
			}
		},
	}
}

// named reports whether the cache that is used is another one that is named, too.
func named(used string, v *subject.Vhost) bool {
	return serversOf(used) != "" && v.Command(strings.ToLower(serversOf(used))) != nil
}
