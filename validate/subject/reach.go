package subject

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// ServerName gives what its own ServerName says, with scheme and port; "" for none.
func (v *Vhost) ServerName() string {
	own := v.Own("servername")
	if len(own) == 0 {
		return ""
	}
	return Arg(own[len(own)-1], 0)
}

// Named reports whether it has a name, by ServerName or ServerAlias.
func (v *Vhost) Named(host string) bool {
	if strings.EqualFold(v.Server.Name, host) {
		return true
	}
	for _, a := range v.Server.Aliases {
		if ok, err := path.Match(strings.ToLower(a), strings.ToLower(host)); ok && err == nil {
			return true
		}
	}
	return false
}

// Secure reports whether httpd takes requests to it as made by https: it speaks TLS,
// or ServerName says so (server/core.c, ap_http_scheme; `SSLEngine optional` is not
// enough: modules/ssl/mod_ssl.c, ssl_hook_http_scheme).
func (v *Vhost) Secure() bool {
	return v.On("sslengine", false) || strings.HasPrefix(strings.ToLower(v.ServerName()), "https://")
}

// Inner reports whether only the machine itself can reach it: all its addresses are
// loopback ones.
func (v *Vhost) Inner() bool {
	for _, a := range v.Server.Addrs {
		if !a.IP.IsValid() || !a.IP.IsLoopback() {
			return false
		}
	}
	return len(v.Server.Addrs) > 0
}

// Loopback reports whether a URL leads to this machine itself, so that nobody else is
// on the way.
func Loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback() || strings.EqualFold(u.Hostname(), "localhost")
}

// Machine reports whether the tree lies in the root of a machine, or in a copy of one
// that kept modes: what has etc/passwd is none of a repository.
func (t *Tree) Machine() bool {
	info, _, err := t.Stat("/etc/passwd")
	return err == nil && info.Mode().IsRegular()
}
