package login

import (
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// view is what the rules of this topic ask of a site again and again. It is made once
// for each site: a virtual host may have a hundred thousand Locations. The zero view
// has seen none.
type view struct {
	site  *subject.Site
	hosts []*party
	to    []discovery
}

// parties gives the virtual hosts that have a redirect URI of their own, or paths at
// which browsers log in with the main server's.
func (w *view) parties(p *rule.Pass) []*party {
	w.look(p.Site)
	return w.hosts
}

// discoveries gives the OIDCDiscoverURL of all logins that have one.
func (w *view) discoveries(p *rule.Pass) []discovery {
	w.look(p.Site)
	return w.to
}

func (w *view) look(site *subject.Site) {
	if w.site == site {
		return
	}
	*w = view{site: site}
	for _, vhost := range site.Vhosts() {
		v := newParty(vhost)
		if v == nil {
			continue
		}
		w.hosts = append(w.hosts, v)
		for _, d := range v.Logins {
			if found, ok := v.discovery(d); ok {
				w.to = append(w.to, found)
			}
		}
	}
}
