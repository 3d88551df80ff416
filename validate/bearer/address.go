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

// shown gives an address as a message may have it: without what may be a secret, a
// password in front of the host and a query.
func shown(address string) string {
	text, _, query := strings.Cut(address, "?")
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		end := len(rest)
		if slash := strings.IndexByte(rest, '/'); slash >= 0 {
			end = slash
		}
		if at := strings.LastIndexByte(rest[:end], '@'); at >= 0 {
			text = scheme + "://…" + rest[at:]
		}
	}
	if query {
		text += "?…"
	}
	return text
}
