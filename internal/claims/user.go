package claims

import (
	"fmt"
	"strings"
)

// remoteUser gives REMOTE_USER (oidc_get_remote_user, oauth2_apache_set_request_user).
// A claim that is missing or no string refuses the login.
func (m Module) remoteUser(o Object, e *Environ) *Variable {
	claim, withIssuer := strings.CutSuffix(m.RemoteUser, "@")
	value, _ := o.Get(claim)
	user, ok := value.(string)
	if !ok && e.Refused == "" {
		e.Refused = fmt.Sprintf("claim %q, which names the user for httpd, is missing or no string", claim)
	}
	note := ""
	if withIssuer {
		issuer, _ := o.Get("iss")
		text, _ := issuer.(string)
		if strings.Contains(text, "https://") {
			text = text[len("https://"):] // so the module does it (oidc_response_set_request_user)
		}
		user, note = user+"@"+text, "the claim and the issuer; a bearer token gives the claim alone"
	}
	return &Variable{Name: "REMOTE_USER", Value: asPython(user), Claim: claim, Note: note}
}
