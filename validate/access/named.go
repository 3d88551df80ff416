package access

import (
	"github.com/fedstone/fedstone/validate/subject"
)

// login is one way to log in: a kind of path, an identity provider ("" of the global
// websso path) and a protocol.
type login struct {
	kind          subject.DoorKind
	idp, protocol string
}

func (l login) String() string {
	if l.idp == "" {
		return "protocol " + l.protocol
	}
	return "identity provider " + l.idp + ", protocol " + l.protocol
}

// logins are those that something names: a Location of any virtual host, a
// description, the live Keystone. They are in the order of finding, each with what
// names it.
type logins struct {
	order []login
	by    map[login]namer
}

// namer is what names a login: a door, or else a file or the live Keystone.
type namer struct {
	door *subject.Door
	name string
}

func (n namer) String() string {
	if n.door != nil {
		return "the section at " + n.door.Section.At().String()
	}
	return n.name
}

func (l *logins) add(n login, by namer) {
	if _, ok := l.by[n]; !ok {
		l.by[n] = by
		l.order = append(l.order, n)
	}
}

func namedLogins(site *subject.Site) *logins {
	l := &logins{by: map[login]namer{}}
	for _, d := range site.Doors() {
		if n, ok := loginOf(d); ok {
			l.add(n, namer{door: d})
		}
	}
	for _, p := range providers(site) {
		l.add(login{subject.Auth, p.idp, p.protocol}, namer{name: p.by})
		l.add(login{subject.WebSSO, p.idp, p.protocol}, namer{name: p.by})
	}
	return l
}

// loginOf gives what a door is for; ok is false where an expression leaves it open.
func loginOf(d *subject.Door) (n login, ok bool) {
	n = login{d.Kind, d.IdP, d.Protocol}
	return n, d.Kind != subject.Callback && d.Protocol != "" && (d.IdP != "" || d.Kind == subject.GlobalWebSSO)
}

// provider is an identity provider with a protocol that Keystone has, or is meant to
// have; by is what says so.
type provider struct{ idp, protocol, by string }

// providers are those of the descriptions and of the live Keystone.
func providers(site *subject.Site) []provider {
	var out []provider
	for _, d := range site.Descriptions {
		for _, p := range d.Spec.IdentityProviders {
			out = append(out, provider{p.ID.Value, p.Protocol.Value, d.Path})
		}
	}
	if site.Cloud == nil {
		return out
	}
	for _, p := range site.Cloud.Providers {
		for _, protocol := range p.Protocols {
			if p.Enabled {
				out = append(out, provider{p.ID, protocol.ID, site.Cloud.Name})
			}
		}
	}
	return out
}
