package startup

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cacheServerMissing() rule.Rule {
	return rule.Rule{
		Slug:     "cache-server-missing",
		Severity: finding.Error,
		Title:    "a shared cache without its server",
		Why: "With OIDCCacheType memcache or redis the module must be told where the cache is; else it does not " +
			"start httpd, and with redis httpd even crashes at start (2.4.12.3). `httpd -t` says `Syntax OK`.",
		Mend:   "Name the servers.",
		Source: "mod_auth_openidc, src/cache/memcache.c and redis.c, post_config",
		After:  []string{"redis-not-built"},
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := v.Command("oidccachetype")
				missing := map[string]string{"memcache": "OIDCMemCacheServers", "redis": "OIDCRedisCacheServer"}[subject.Arg(at, 0)]
				if missing == "" || v.Command(strings.ToLower(missing)) != nil {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s keeps its cache in %s, but has no %s: httpd passes its test, but does not start", v.Name(), subject.Arg(at, 0), missing),
					Hint:    missing + ` "HOST:PORT"`,
				}, v)
			}
		},
	}
}
