package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func sessionInCookie() rule.Rule {
	return rule.Rule{
		Slug:     "session-in-cookie",
		Severity: finding.Info,
		Title:    "sessions are in cookies, which grow with the user's claims",
		Why: "With `OIDCSessionType client-cookie`, or `OIDCSessionCacheFallbackToCookie On` for sessions that the cache does not take, tokens and claims travel in cookies of 4000 bytes each. " +
			"With many groups they exceed what httpd takes (`LimitRequestFieldSize`, 8190 bytes): the user gets 400 until he deletes his cookies. A session in a cookie can also not be ended by the server.",
		Mend:   "`OIDCSessionType server-cache`; with several controllers, a cache that they share. Otherwise raise `LimitRequestFieldSize`, here and at the load balancer.",
		Source: "mod_auth_openidc, src/session.c, oidc_session_save_cookie; httpd, server/protocol.c, ap_get_mime_headers_core",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcsessiontype") {
				if strings.HasPrefix(strings.ToLower(subject.Arg(s.at, 0)), "client-cookie") && s.Command("limitrequestfieldsize") == nil {
					p.On(s.at, finding.Finding{
						Message: "sessions are kept in cookies, and headers may have 8190 bytes: users with many groups get 400",
						Hint:    "LimitRequestFieldSize 32768",
					}, s.Vhost)
				}
			}
			for _, s := range settings(p, party, "oidcsessioncachefallbacktocookie") {
				if subject.IsOn(subject.Arg(s.at, 0)) && s.Command("limitrequestfieldsize") == nil {
					p.On(s.at, finding.Finding{
						Message: "sessions that do not fit into the cache go into cookies, and headers may have 8190 bytes: users with many groups get 400",
						Hint:    "OIDCCacheShmEntrySizeMax 65536",
					}, s.Vhost)
				}
			}
		},
	}
}
