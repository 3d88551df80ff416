package session

import (
	"fmt"
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// cookieMost is how many bytes a browser keeps of one cookie, with its name and its
// attributes (RFC 6265, section 6.1).
const cookieMost = 4096

func cookieChunkLarge() rule.Rule {
	return rule.Rule{
		Slug:     "cookie-chunk-large",
		Severity: finding.Error,
		Title:    "cookies are larger than browsers keep",
		Why: "A session in a cookie is cut into cookies of `OIDCSessionCookieChunkSize` bytes. Browsers keep 4096 bytes of one cookie, name and attributes included, and drop a larger one without a word: " +
			"the user comes back from the issuer, has no session, and is sent to the issuer again, without end.",
		Mend:   "No line at all: 4000 is the default.",
		Source: "RFC 6265, section 6.1; mod_auth_openidc, src/util.c, oidc_util_set_chunked_cookie",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcsessioncookiechunksize") {
				bytes, err := strconv.Atoi(subject.Arg(s.at, 0))
				if err != nil || bytes < cookieMost || !cookieSession(s.Vhost) {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: fmt.Sprintf("cookies of a session may have %d bytes, and browsers drop what has more than %d: larger sessions are lost, and logins go round in circles", bytes, cookieMost),
					Hint:    "OIDCSessionCookieChunkSize 4000",
					Fix:     subject.Write(s.at, 0, "4000"),
				}, s.Vhost)
			}
		},
	}
}
