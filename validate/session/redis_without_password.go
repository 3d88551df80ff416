package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redisWithoutPassword() rule.Rule {
	return rule.Rule{
		Slug:     "redis-without-password",
		Severity: finding.Info,
		Title:    "Redis is used without a password",
		Why:      "Whoever reaches the port of a Redis without a password can delete all sessions, fill its memory, and read what is stored where `OIDCCacheEncrypt` is Off. The module speaks no TLS to Redis: only the network keeps others away.",
		Mend:     "A password in Redis (`requirepass`, or an ACL) and in `OIDCRedisCachePassword`, and a port that only the controllers reach.",
		Source:   "mod_auth_openidc, src/cache/redis.c, oidc_cache_redis_connect",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "oidcrediscacheserver") {
				if cacheType(s.Vhost) != "redis" || s.Command("oidcrediscachepassword") != nil {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "sessions are kept in Redis at " + subject.Arg(s.at, 0) + " without a password: whoever reaches its port can delete them",
					Hint:    "OIDCRedisCachePassword VALUE",
				}, s.Vhost)
			}
		},
	}
}
