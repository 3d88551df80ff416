package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keysOfAnotherIssuer() rule.Rule {
	return rule.Rule{
		Slug:     "keys-of-another-issuer",
		Severity: finding.Warning,
		Title:    "tokens are verified elsewhere than the issuer's metadata say",
		Why: "The Location requires tokens of an issuer, and that issuer's metadata, which are at hand for the browser's login, name another " +
			"address of its keys (or another introspection endpoint) than the virtual host asks; or that address lies at another issuer of " +
			"the same machine. It may be that of another realm, tenant or stage. Then no token passes both: the right ones are not verified, " +
			"and those that are say another issuer. All get 401.",
		Mend:   "The address from the issuer's metadata; if those are out of date, renew them.",
		Source: "OpenID Connect Discovery 1.0 section 3; mod_auth_openidc src/oauth.c",
		After:  []string{"verification-set-twice", "one-key-set-for-several-issuers", "keys-of-several-issuers"},
		Check: func(p *rule.Pass) {
			hosts := openidcVhosts(p)
			known := map[string]bool{}
			for _, h := range hosts {
				for _, name := range required(h.doors) {
					known[name] = true
				}
			}
			for _, h := range hosts {
				if names := required(h.doors); len(names) == 1 {
					reportElsewhere(p, h, names[0], known)
				}
			}
		},
	}
}

// reportElsewhere speaks of a virtual host that takes tokens of one issuer.
func reportElsewhere(p *rule.Pass, h tokenHost, issuer string, known map[string]bool) {
	for key, member := range map[string]string{jwksURI: "jwks_uri", introspection: "introspection_endpoint"} {
		at := h.Command(key)
		if at == nil || subject.Loopback(subject.Arg(at, 0)) {
			continue
		}
		want, from := described(h.Vhost, p.Folders, issuer, member)
		switch is := subject.Arg(at, 0); {
		case want != "" && want != is:
			p.On(at, finding.Finding{
				Message: fmt.Sprintf("tokens of %s are verified at %s, expected %s as its metadata say", issuer, shown(is), shown(want)),
				Hint:    at.Name + " " + shown(want),
				Related: []finding.Related{{Message: "the issuer's metadata", At: finding.Range{Path: from.Show}}},
			}, h.about()...)
		case want == "" && !below(is, issuer):
			if other := owner(is, known); other != "" {
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("tokens of %s are verified at %s, which is at %s", issuer, shown(is), other),
					Hint:    at.Name + " " + member + "-OF-" + issuer,
				}, h.about()...)
			}
		}
	}
}

// owner gives the issuer at which an address lies.
func owner(address string, issuers map[string]bool) string {
	for i := strings.LastIndexByte(address, '/'); i > len("https://"); i = strings.LastIndexByte(address[:i], '/') {
		for _, name := range []string{address[:i], address[:i+1]} {
			if issuers[name] {
				return name
			}
		}
	}
	return ""
}

func below(address, issuer string) bool {
	return strings.HasPrefix(address, strings.TrimSuffix(issuer, "/")+"/")
}
