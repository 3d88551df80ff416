package probe

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// place is where an endpoint is, with or without its /v3 and a default port.
type place struct{ scheme, host, port, prefix string }

func placeOf(text string) place {
	u, err := url.Parse(keystone.CanonicalURL(text))
	if err != nil {
		return place{host: text}
	}
	p := place{strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port(), strings.TrimRight(u.Path, "/")}
	if p.port == "" {
		p.port = map[string]string{"https": "443", "http": "80"}[p.scheme]
	}
	return p
}

// differs says in what a place is not the one that is asked, where that is not
// plain to see; it goes after the place.
func (p place) differs(here place) string {
	kind := p.kind()
	switch {
	case kind != "" && kind != here.kind():
		return ": " + kind
	case p.host == here.host && p.port == here.port && p.prefix != here.prefix:
		return ": another prefix"
	}
	return ""
}

// kind names what a client out in the network cannot reach; "" for what it may.
func (p place) kind() string {
	ip, err := netip.ParseAddr(p.host)
	inner := []string{".internal", ".local", ".localdomain", ".lan", ".svc"}
	switch {
	case p.host == "localhost" || err == nil && ip.IsLoopback():
		return "a loopback address"
	case err == nil && (ip.IsPrivate() || ip.IsLinkLocalUnicast()):
		return "a private address"
	case err == nil:
		return ""
	case !strings.Contains(p.host, ".") || slices.ContainsFunc(inner, func(s string) bool { return strings.HasSuffix(p.host, s) }):
		return "an internal name"
	}
	return ""
}
