package session

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tlsOldProtocols() rule.Rule {
	return rule.Rule{
		Slug:     "tls-old-protocols",
		Severity: finding.Warning,
		Title:    "TLS 1.0 or 1.1 is allowed",
		Why: "RFC 8996 forbids TLS 1.0 and 1.1: their hashes are broken, and whoever sits between can take a connection down to them where both sides allow it. Over these connections go tokens and session cookies. " +
			"Whether a handshake of that kind succeeds also depends on OpenSSL's own settings; the line should not rely on them.",
		Mend:   "`SSLProtocol -all +TLSv1.2 +TLSv1.3`.",
		Source: "RFC 8996; RFC 9325, section 3.1.1; httpd, modules/ssl/ssl_engine_config.c, ssl_cmd_protocol_parse",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "sslprotocol") {
				old := oldProtocols(s.at)
				if len(old) == 0 || !subject.IsOn(s.Value("sslengine")) {
					continue
				}
				const right = "-all +TLSv1.2 +TLSv1.3"
				p.On(s.at, finding.Finding{
					Message: "SSLProtocol " + strings.Join(s.at.Argv(), " ") + " allows " + strings.Join(old, " and "),
					Hint:    "SSLProtocol " + right,
					Fix:     subject.Reword("write "+right, s.at, 0, len(s.at.Argv()), right),
				}, s.Vhost)
			}
		},
	}
}

// oldProtocols reads SSLProtocol as mod_ssl does: a word without a sign replaces
// what stands before it, `all` is TLS 1.0 and newer.
func oldProtocols(c *httpdconf.Command) []string {
	var have []string
	for _, w := range c.Argv() {
		name := strings.ToLower(strings.TrimLeft(w, "+-"))
		group := []string{name}
		if name == "all" {
			group = []string{"tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3"}
		}
		if strings.HasPrefix(w, "-") {
			have = slices.DeleteFunc(have, func(h string) bool { return slices.Contains(group, h) })
			continue
		}
		if !strings.HasPrefix(w, "+") {
			have = nil
		}
		have = append(have, group...)
	}
	var old []string
	for _, name := range []string{"SSLv3", "TLSv1", "TLSv1.1"} {
		if slices.Contains(have, strings.ToLower(name)) {
			old = append(old, name)
		}
	}
	return old
}
