package bearer

import (
	"net/netip"
	"net/url"
	"strings"
)

// loopback reports whether an address is this machine's own, so that nobody else
// is on the way.
func loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback() || strings.EqualFold(u.Hostname(), "localhost")
}
