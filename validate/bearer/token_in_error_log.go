package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tokenInErrorLog() rule.Rule {
	return rule.Rule{
		Slug:     "token-in-error-log",
		Severity: finding.Error,
		Title:    "introspected JWTs are too long for the cache, and written into the error log",
		Why: "Before 2.4.15.4 the module looks up the answer of introspection in its cache under the token itself. In the cache `shm` a key " +
			"may have 512 bytes, which every JWT exceeds: nothing is remembered, the issuer is asked at each request, and each time the whole " +
			"token is written into the error log (`could not construct cache key since key size is too large`), where everybody who may read " +
			"it can use it until it expires.",
		Mend:   "`OIDCCacheEncrypt On`, by which the key becomes a hash; or a newer module.",
		Source: "mod_auth_openidc src/cache/shm.c, oidc_cache_shm_get_key (2.4.12.3); ChangeLog 2.4.15.4",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				at := h.Command(introspection)
				if at == nil || !h.Tree.Before("2.4.15.4") || !ownCache(h.Vhost) || h.On("oidccacheencrypt", false) || !caching(h) {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("mod_auth_openidc %s cannot keep what introspection says of a JWT in the cache shm, and writes the token into the error log", h.Tree.Module),
					Hint:    "OIDCCacheEncrypt On",
					Fix:     encrypt(h.Vhost, at),
				}, h.Vhost)
			}
		},
	}
}

// ownCache reports whether a virtual host has the cache that is the default.
func ownCache(v *subject.Vhost) bool {
	kind := v.Value("oidccachetype")
	return kind == "" || strings.EqualFold(kind, "shm")
}

// caching reports whether any door looks into the cache.
func caching(h tokenHost) bool {
	for _, d := range h.doors {
		if d.Setting("OIDCOAuthTokenIntrospectionInterval").Value() != "-1" {
			return true
		}
	}
	return false
}

// encrypt switches the cache's encryption on, in a line of its own where there is
// none.
func encrypt(v *subject.Vhost, at *httpdconf.Command) *finding.Fix {
	if c := v.Command("oidccacheencrypt"); c != nil {
		return subject.Switch(c, "On")
	}
	return subject.InsertBefore("encrypt the cache", at, "OIDCCacheEncrypt On")
}
