package session

import (
	"fmt"
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// leastEntries is what a virtual host with logins should have in its cache at least:
// the default of modules before 2.4.13.
const leastEntries = 500

func cacheFewEntries() rule.Rule {
	return rule.Rule{
		Slug:     "cache-few-entries",
		Severity: finding.Warning,
		Title:    "a few logins push other users' sessions out of the cache",
		Why: "In the cache `shm` a login takes several entries: its nonce, its session, what identifies the session, besides the issuer's document and keys. Where no entry is free the one that was used longest ago goes, " +
			"and its user has to log in again. Anybody can begin logins.",
		Mend:   "`OIDCCacheShmMax` of 2000 or more where browsers log in.",
		Source: "mod_auth_openidc, src/cache/shm.c, oidc_cache_shm_set",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidccacheshmmax") {
				entries, err := strconv.Atoi(subject.Arg(s.at, 0))
				if err != nil || entries >= leastEntries || cacheType(s.Vhost) != "shm" {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: fmt.Sprintf("the cache has %d entries, and each login takes several: new logins push out sessions that are in use", entries),
					Hint:    "OIDCCacheShmMax 2000",
					Fix:     subject.Write(s.at, 0, "2000"),
				}, s.Vhost)
			}
		},
	}
}
