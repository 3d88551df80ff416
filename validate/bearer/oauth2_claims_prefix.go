package bearer

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2ClaimsPrefix() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-claims-prefix",
		Severity: finding.Warning,
		Title:    "mod_oauth2 hands the claims on under names that Keystone does not look for",
		Why: "mod_oauth2 calls a token's claims `OAUTH2_CLAIM_iss` and so on, mod_auth_openidc (with the prefix that Keystone's documentation " +
			"names) `OIDC-iss`. Mappings and `remote_id_attribute` are written for the latter: Keystone finds no identity provider's id in " +
			"the environment and answers 401.",
		Mend:   "`OAuth2TargetPass prefix=OIDC-` in the virtual host.",
		Source: "liboauth2 src/oauth2.c (OAUTH2_TARGET_PASS_DEFAULT_PREFIX); keystone/federation/utils.py, get_assertion_params_from_env",
		Check: func(p *rule.Pass) {
			if mapped(p.Site, "OAUTH2_CLAIM_") {
				return
			}
			seen := map[any]bool{}
			for _, d := range oauth2Doors(p) {
				if len(verifies(d)) > 0 && !seen[d.Vhost] {
					seen[d.Vhost] = reportPrefix(p, d)
				}
			}
		},
	}
}

func reportPrefix(p *rule.Pass, d *subject.Door) bool {
	set := d.Setting("OAuth2TargetPass")
	options, _ := url.ParseQuery(set.Value())
	if strings.EqualFold(options.Get("prefix"), "OIDC-") || len(set.Undecided) > 0 {
		return false
	}
	at, name := authType(d), options.Get("prefix")
	if len(set.Commands) > 0 {
		at = set.Commands[0]
	}
	if name == "" {
		name = "OAUTH2_CLAIM_"
	}
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("the claims of a token come to Keystone as %siss and so on, where OIDC-iss is looked for", name),
		Hint:    "OAuth2TargetPass prefix=OIDC-",
	}, d.Vhost)
	return true
}

// mapped reports whether a mapping at hand reads names with a prefix.
func mapped(s *subject.Site, prefix string) bool {
	for _, m := range s.Mappings {
		for _, r := range m.Doc.Rules {
			for _, remote := range r.Get("remote").Items() {
				if strings.HasPrefix(strings.TrimPrefix(remote.Get("type").Text(), "HTTP_"), prefix) {
					return true
				}
			}
		}
	}
	return false
}
