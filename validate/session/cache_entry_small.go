package session

import (
	"fmt"
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// usualEntry is the default of OIDCCacheShmEntrySizeMax, in bytes.
const usualEntry = 16928

func cacheEntrySmall() rule.Rule {
	return rule.Rule{
		Slug:     "cache-entry-small",
		Severity: finding.Warning,
		Title:    "sessions of users with many groups do not fit into the cache",
		Why: "A session holds the ID token, the access token and all claims, and has to fit into one entry of the cache `shm`. One that does not is not stored: the user's login ends in 500 when he comes back from the issuer " +
			"(`could not store value since value size is too large`), while users with fewer groups get in.",
		Mend:   "`OIDCCacheShmEntrySizeMax` of 65536 or so (a multiple of 8), or no line at all for 16928.",
		Source: "mod_auth_openidc, src/cache/shm.c, oidc_cache_shm_set",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidccacheshmentrysizemax") {
				bytes, err := strconv.Atoi(subject.Arg(s.at, 0))
				if err != nil || bytes >= usualEntry || cacheType(s.Vhost) != "shm" || cookieSession(s.Vhost) {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: fmt.Sprintf("a session may have %d bytes, less than the usual %d: users with many groups get 500 after their login", bytes, usualEntry),
					Hint:    "OIDCCacheShmEntrySizeMax 65536",
				}, s.Vhost)
			}
		},
	}
}
