package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func memcacheServersComma() rule.Rule {
	return rule.Rule{
		Slug:     "memcache-servers-comma",
		Severity: finding.Error,
		Title:    "several memcached servers are read as one name",
		Why: "The module splits `OIDCMemCacheServers` at blanks. A list with commas, as other programs have it, is one server with an impossible name: httpd starts without a word, and then nothing can be stored. " +
			"Every login ends in 500 when the browser comes back from the issuer.",
		Mend:   "One argument in quotes, the servers with blanks between them.",
		Source: "mod_auth_openidc, src/cache/memcache.c, oidc_cache_memcache_post_config",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "oidcmemcacheservers") {
				list := subject.Arg(s.at, 0)
				if !strings.ContainsAny(list, ",;") {
					continue
				}
				right := `"` + strings.Join(strings.FieldsFunc(list, func(c rune) bool { return c == ',' || c == ';' || c == ' ' }), " ") + `"`
				p.On(s.at, finding.Finding{
					Message: "OIDCMemCacheServers " + list + " is read as one server: nothing can be stored there, and every login ends in 500",
					Hint:    "OIDCMemCacheServers " + right,
					Fix:     subject.Write(s.at, 0, right),
				}, s.Vhost)
			}
		},
	}
}
