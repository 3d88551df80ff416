package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func unknownAuthType() rule.Rule {
	return rule.Rule{
		Slug:     "unknown-auth-type",
		Severity: finding.Error,
		Title:    "AuthType names a way to log in that no module has",
		Why: "httpd takes any word behind AuthType, and `httpd -t` is content. Each authentication module looks whether the word is " +
			"its own; where it is nobody's, httpd answers every request with 500.",
		Mend:   "`oauth20` for bearer tokens, `openid-connect` for browsers, `auth-openidc` for both; `oauth2` with mod_oauth2. Upper and lower case are the same.",
		Source: "modules/aaa/mod_authn_core.c, authenticate_no_user; src/mod_auth_openidc.c, oidc_check_user_id",
		Check: func(p *rule.Pass) {
			known := map[string]bool{}
			for _, name := range authTypes() {
				known[name] = true
			}
			for _, d := range p.Doors() {
				value := d.AuthType()
				if value == "" || known[value] || d.Require().Authz == nil || d.Require().Denied() {
					continue
				}
				set := d.Setting("AuthType").Commands
				c := set[len(set)-1]
				meant, sure := meantAuthType(d, value)
				f := finding.Finding{
					Severity: finding.Warning,
					Message:  fmt.Sprintf("no module that is known here has the AuthType %q: httpd then answers every request for the %s %s with 500", subject.Arg(c, 0), d.Kind, d.Path),
					Hint:     "AuthType " + meant,
				}
				if sure {
					f.Severity, f.Fix = finding.Error, replaceWord(c, 0, meant, "write the AuthType as the module does")
					f.Message = fmt.Sprintf("AuthType %q is nobody's, %s was meant: httpd answers every request for the %s %s with 500", subject.Arg(c, 0), meant, d.Kind, d.Path)
				}
				p.On(c, f, d, d.Section)
			}
		},
	}
}

// authTypes are those of httpd's own modules and of well-known others.
func authTypes() []string {
	return []string{"openid-connect", "oauth20", "auth-openidc", "oauth2", "basic", "digest", "form", "mellon", "shibboleth", "gssapi",
		"kerberos", "kerberosv5", "negotiate", "cas", "jwt", "jwt-bearer", "pubtkt", "webauth", "radius", "openid", "sspi"}
}

// meantAuthType gives the AuthType that was meant; sure is false where the word
// resembles none.
func meantAuthType(d *subject.Door, value string) (meant string, sure bool) {
	switch value {
	case "openidc", "oidc", "openid_connect", "openidconnect", "auth_openidc", "authopenidc", "mod_auth_openidc":
		return authTypeFor(d), true
	case "bearer", "oauth", "oauth2.0", "oauth-20", "oauth_20":
		return "oauth20", true
	}
	if near := finding.Nearest(value, authTypes()[:4]); near != "" {
		return near, true
	}
	return authTypeFor(d), false
}
