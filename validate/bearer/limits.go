package bearer

import (
	"net/netip"
	"strconv"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// usualLimit is LimitRequestFieldSize where nothing sets it (httpd.h,
// DEFAULT_LIMIT_REQUEST_FIELDSIZE).
const usualLimit = 8190

// limit gives a virtual host's own LimitRequestFieldSize in bytes; at is nil where
// none is set.
func limit(v *subject.Vhost) (bytes int, at *httpdconf.Command) {
	at = v.Command("limitrequestfieldsize")
	if bytes, err := strconv.Atoi(subject.Arg(at, 0)); err == nil {
		return bytes, at
	}
	return usualLimit, at
}

// firstOfPort gives the virtual host whose limits count for one: the first one of
// its address. Headers are read before the name is known.
func firstOfPort(v *subject.Vhost) *subject.Vhost {
	if len(v.Server.Addrs) == 0 {
		return v
	}
	a := v.Server.Addrs[0]
	ip := a.IP
	if !ip.IsValid() {
		ip = netip.AddrFrom4([4]byte{192, 0, 2, 1}) // of nobody: what a wildcard answers
	}
	first := v.Tree.Config.Select(netip.AddrPortFrom(ip, a.Port), "no-such-name.invalid")
	for _, other := range v.Tree.Vhosts {
		if other.Server == first {
			return other
		}
	}
	return v
}
