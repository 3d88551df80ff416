package session

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cacheNotEncrypted() rule.Rule {
	return rule.Rule{
		Slug:     "cache-not-encrypted",
		Severity: finding.Warning,
		Title:    "sessions lie in a shared cache as they are",
		Why: "In the caches `memcache`, `redis` and `file` the module encrypts what it stores under `OIDCCryptoPassphrase`, unless `OIDCCacheEncrypt` is Off. Without it whoever can read the cache reads ID tokens and access tokens, " +
			"and whoever can write to it makes sessions of any user; memcached asks nobody for a password.",
		Mend:   "`OIDCCacheEncrypt On`, which is the default for these caches.",
		Source: "mod_auth_openidc, src/cache/common.c, oidc_cache_set",
		After:  []string{"verdicts-shared-between-vhosts"},
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "oidccacheencrypt") {
				if !subject.IsOff(subject.Arg(s.at, 0)) || cacheType(s.Vhost) == "shm" {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: fmt.Sprintf("OIDCCacheEncrypt Off with OIDCCacheType %s: whoever reads the cache has the users' tokens, whoever writes to it makes sessions", cacheType(s.Vhost)),
					Hint:    "OIDCCacheEncrypt On",
					Fix:     subject.Switch(s.at, "On"),
				}, s.Vhost)
			}
		},
	}
}
