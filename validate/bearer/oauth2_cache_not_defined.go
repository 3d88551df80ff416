package bearer

import (
	"fmt"
	"net/url"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2CacheNotDefined() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-cache-not-defined",
		Severity: finding.Error,
		Title:    "a cache is named that is not there (yet): nothing is remembered, and tokens end up in the log",
		Why: "`verify.cache=NAME` finds a cache that an `OAuth2Cache … name=NAME` further up has made. Where there is none, or it comes later, " +
			"httpd starts without a word; each token is verified anew, and each time mod_oauth2 writes `could NOT store:` and the whole token " +
			"into the error log, where everybody who may read it can use it until it expires.",
		Mend:   "`OAuth2Cache shm name=NAME` in front of the `OAuth2TokenVerify` that names it.",
		Source: "mod_oauth2 src/mod_oauth2.c; liboauth2 src/cache.c, oauth2_cache_obtain, oauth2_cache_set",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				if made := caches(t); len(t.Commands("oauth2tokenverify")) > 0 {
					for _, v := range allVerifies(t) {
						reportCache(p, t, v, made)
					}
				}
			}
		},
	}
}

// caches gives the first OAuth2Cache of each name.
func caches(t *subject.Tree) map[string]*httpdconf.Command {
	out := map[string]*httpdconf.Command{}
	for _, c := range t.Commands("oauth2cache") {
		options, _ := url.ParseQuery(subject.Arg(c, 1))
		if name := options.Get("name"); out[name] == nil {
			out[name] = c
		}
	}
	return out
}

func reportCache(p *rule.Pass, t *subject.Tree, v verify, made map[string]*httpdconf.Command) {
	name := v.options.Get("verify.cache")
	c := made[name]
	if name == "" || c == nil && t.Part && len(made) > 0 || c != nil && !behind(c, v.at) {
		return
	}
	f := finding.Finding{Message: fmt.Sprintf("there is no OAuth2Cache of the name %q: each token is verified anew and written into the error log", name), Hint: "OAuth2Cache shm name=" + name}
	if c != nil {
		f.Message = fmt.Sprintf("the OAuth2Cache %q is made further down: each token is verified anew and written into the error log", name)
		f.Related = []finding.Related{{Message: "made here", At: c.At()}}
	}
	p.On(v.at, f)
}

// behind reports whether a command stands behind another one of the same file.
func behind(c, other *httpdconf.Command) bool {
	a, b := c.At(), other.At()
	return a.Path == b.Path && a.Start.Byte > b.Start.Byte
}
