package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func verdictsSharedBetweenVhosts() rule.Rule {
	return rule.Rule{
		Slug:     "verdicts-shared-between-vhosts",
		Severity: finding.Error,
		Title:    "what one virtual host has verified, another one with other keys takes",
		Why: "What introspection said of a token (and from 2.4.20 on also that its signature was good) is kept in the cache under the token " +
			"alone. A cache of files, memcache or redis is one for all virtual hosts; only the passphrase, by which its entries are " +
			"encrypted, keeps them apart. With one passphrase, or without encryption, a token that one issuer's virtual host has looked at is " +
			"taken in another one's without asking that issuer. An issuer can so write tokens in the name of the other's users.",
		Mend:   "An `OIDCCryptoPassphrase` of its own for each virtual host, or `OIDCCacheType shm`, which every virtual host has for itself.",
		Source: "mod_auth_openidc src/oauth.c, oidc_oauth_cache_access_token; src/cache/common.c",
		Check: func(p *rule.Pass) {
			first := map[string]*subject.Vhost{}
			for _, h := range openidcVhosts(p) {
				key := cacheKey(h.Vhost)
				if key == "" || !remembers(h.Vhost) {
					continue
				}
				if other := first[key]; other == nil {
					first[key] = h.Vhost
				} else if from := source(h.Vhost); subject.Arg(from, 0) != subject.Arg(source(other), 0) {
					reportVerdicts(p, h, other)
				}
			}
		},
	}
}

func reportVerdicts(p *rule.Pass, h tokenHost, other *subject.Vhost) {
	at, what := firstOf(h.Command("oidccryptopassphrase"), h.Command("oidccachetype")), "its cache and its passphrase"
	hint := "# an OIDCCryptoPassphrase of its own for each virtual host, or:\nOIDCCacheType shm"
	if !h.On("oidccacheencrypt", true) {
		at, what = h.Command("oidccacheencrypt"), "its cache, which is not encrypted,"
		hint = "OIDCCacheEncrypt On\n# and an OIDCCryptoPassphrase of its own for each virtual host"
	}
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("%s shares %s with %s, which verifies tokens elsewhere: what that one took for good is good here", h.Name(), what, other.Name()),
		Hint:    hint,
		Related: []finding.Related{{Message: "the other one", At: other.At()}},
	}, h.about()...)
}

// cacheKey says where a virtual host keeps verdicts, to compare it; never to be
// shown. It is "" for a cache of its own.
func cacheKey(v *subject.Vhost) string {
	var key strings.Builder
	kind := strings.ToLower(v.Value("oidccachetype"))
	if kind == "" || kind == "shm" {
		return ""
	}
	for _, name := range []string{"oidccachetype", "oidccachedir", "oidcmemcacheservers", "oidcrediscacheserver", "oidcrediscachedatabase"} {
		fmt.Fprintf(&key, "%p %q ", v.Tree, v.Value(name))
	}
	if v.On("oidccacheencrypt", true) {
		fmt.Fprintf(&key, "%q", v.Value("oidccryptopassphrase"))
	}
	return key.String()
}

// remembers reports whether what a virtual host finds out about a token is kept.
func remembers(v *subject.Vhost) bool {
	if v.Command(introspection) != nil {
		return true
	}
	since, sure := v.Tree.Since("2.4.20")
	return sure && since && v.Command("oidcoauthverifyissuer") == nil && localKeys(v)
}
