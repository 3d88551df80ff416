package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// party reports whether browsers log in at a virtual host.
func party(v *subject.Vhost) bool {
	return v.RelyingParty() && v.Command("oidcredirecturi") != nil
}

// user reports whether mod_auth_openidc has something to do in a virtual host.
func user(v *subject.Vhost) bool { return v.RelyingParty() || v.ResourceServer() }

// hosts gives the virtual hosts for which something holds.
func hosts(p *rule.Pass, holds func(*subject.Vhost) bool) []*subject.Vhost {
	var out []*subject.Vhost
	for _, t := range p.Trees {
		for _, v := range t.Vhosts {
			if holds(v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// setting is a command that counts for a virtual host.
type setting struct {
	*subject.Vhost
	at *httpdconf.Command
}

// settings gives the commands of a name that count for virtual hosts for which
// something holds, each once. Where nothing is of that name it is quick.
func settings(p *rule.Pass, holds func(*subject.Vhost) bool, key string) []setting {
	var out []setting
	seen := map[*httpdconf.Command]bool{}
	for _, t := range p.Trees {
		if len(t.Commands(key)) == 0 {
			continue
		}
		for _, v := range t.Vhosts {
			if c := v.Command(key); c != nil && !seen[c] && holds(v) {
				seen[c] = true
				out = append(out, setting{v, c})
			}
		}
	}
	return out
}

// cookieSession reports whether a virtual host keeps sessions in the browsers'
// cookies.
func cookieSession(v *subject.Vhost) bool {
	return strings.HasPrefix(strings.ToLower(v.Value("oidcsessiontype")), "client-cookie")
}

// cacheType gives OIDCCacheType in lower case; shm where it is not set.
func cacheType(v *subject.Vhost) string {
	if kind := strings.ToLower(v.Value("oidccachetype")); kind != "" {
		return kind
	}
	return "shm"
}
