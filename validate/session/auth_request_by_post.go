package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func authRequestByPost() rule.Rule {
	return rule.Rule{
		Slug:     "auth-request-by-post",
		Severity: finding.Warning,
		Title:    "the way to the issuer is a page with a script",
		Why: "With `OIDCProviderAuthRequestMethod POST` who has no session gets a page with status 200, whose script posts a form to the issuer. Programs, and browsers without scripts, take it for the answer. " +
			"Before 2.4.16.11 what the path protects follows behind that page, in the same answer (CVE-2025-31492; distributions have mended older versions).",
		Mend:   "`OIDCProviderAuthRequestMethod GET`, the default; for long requests `PAR`, where the issuer and the module have it.",
		Source: "mod_auth_openidc, src/proto.c, oidc_proto_authorization_request; CVE-2025-31492 (GHSA-59jp-rwph-878r)",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcproviderauthrequestmethod") {
				if !strings.EqualFold(subject.Arg(s.at, 0), "POST") {
					continue
				}
				f := finding.Finding{
					Message: "OIDCProviderAuthRequestMethod POST: who has no session gets a page with a script (200), not the way to the issuer (302)",
					Hint:    "OIDCProviderAuthRequestMethod GET",
					Fix:     subject.Write(s.at, 0, "GET"),
				}
				if s.Tree.Before("2.4.16.11") {
					f.Message += "; unless the package has the fix, what is protected follows behind it (CVE-2025-31492)"
				}
				p.On(s.at, f, s.Vhost)
			}
		},
	}
}
