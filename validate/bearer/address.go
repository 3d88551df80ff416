package bearer

import "strings"

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
