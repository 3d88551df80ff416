package keystone

import (
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/subject"
)

// public gives public_endpoint; nil where it is not set, or cannot be read.
func public(s *subject.Site) (*url.URL, oslo.Value) {
	if s.Keystone == nil {
		return nil, oslo.Value{}
	}
	value, v, ok := text(s, "DEFAULT", "public_endpoint")
	u, err := url.Parse(value)
	if !ok || err != nil || u.Host == "" {
		return nil, v
	}
	return u, v
}

// gates are the virtual hosts of Keystone that have a name and that clients reach.
func gates(s *subject.Site) []*subject.Vhost {
	var out []*subject.Vhost
	for _, v := range s.Vhosts() {
		if v.Server.Name != "" && !local(v.Server.Name) && len(v.Doors()) > 0 && v.ServesKeystone() && !inner(v) {
			out = append(out, v)
		}
	}
	return out
}

// inner reports a virtual host at the machine's own addresses alone.
func inner(v *subject.Vhost) bool {
	for _, a := range v.Server.Addrs {
		if !a.IP.IsValid() || !a.IP.IsLoopback() {
			return false
		}
	}
	return len(v.Server.Addrs) > 0
}

// called reports whether a virtual host has a name.
func called(v *subject.Vhost, host string) bool {
	same := func(name string) bool { return strings.EqualFold(name, host) || strings.ContainsAny(name, "*?") }
	return same(v.Server.Name) || slices.ContainsFunc(v.Server.Aliases, same)
}

// behindTLS reports a virtual host that clients reach by https through a proxy, as its
// OIDCXForwardedHeaders says, while httpd itself does not speak TLS there.
func behindTLS(v *subject.Vhost) bool {
	return strings.HasPrefix(strings.ToLower(v.Value("servername")), "https://") && !v.On("sslengine", false) && v.Command("oidcxforwardedheaders") != nil
}
