package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// parties gives the virtual hosts at which browsers log in.
func parties(p *rule.Pass) []*subject.Vhost {
	var out []*subject.Vhost
	for _, v := range p.Vhosts() {
		if v.RelyingParty() && v.Command("oidcredirecturi") != nil {
			out = append(out, v)
		}
	}
	return out
}

// users gives the virtual hosts in which mod_auth_openidc has something to do.
func users(p *rule.Pass) []*subject.Vhost {
	var out []*subject.Vhost
	for _, v := range p.Vhosts() {
		if v.RelyingParty() || v.ResourceServer() {
			out = append(out, v)
		}
	}
	return out
}

// setting is a command that counts for a virtual host.
type setting struct {
	*subject.Vhost
	at *httpdconf.Command
}

// settings gives the commands of a name that count for virtual hosts, each once.
func settings(vhosts []*subject.Vhost, key string) []setting {
	var out []setting
	seen := map[*httpdconf.Command]bool{}
	for _, v := range vhosts {
		if c := v.Command(key); c != nil && !seen[c] {
			seen[c] = true
			out = append(out, setting{v, c})
		}
	}
	return out
}

// off reports whether the module takes a word for a switched off flag.
func off(word string) bool {
	switch strings.ToLower(word) {
	case "off", "false", "no", "0":
		return true
	}
	return false
}

// on reports whether the module takes a word for a switched on flag.
func on(word string) bool {
	switch strings.ToLower(word) {
	case "on", "true", "yes", "1":
		return true
	}
	return false
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

// whose says for whom a command counts: the virtual host, or all of them.
func (s setting) whose() string {
	if s.Tree.VhostOf(s.at).Server.Command == nil {
		return "the main server and what inherits from it"
	}
	return s.Name()
}
