package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func formPostSameSite(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "form-post-same-site",
		Severity: finding.Warning,
		Title:    "the issuer answers by a form, and the state's cookie does not come along",
		Why: "With `form_post` a page of the issuer's posts the answer to the redirect URI. Browsers send no cookie with a post from another site, unless the cookie says `SameSite=None`: " +
			"the login ends in 400, \"no state cookie found: check domain and samesite cookie settings\". Only an issuer of the same site (the same registered domain) gets through.",
		Mend:   "Let the issuer answer in the address: remove OIDCResponseMode (with `OIDCResponseType code` the default is query). Where it has to be a form: `OIDCCookieSameSite Off` and https, and a module that is older than 2.4.15 or newer than 2.4.16.5.",
		Source: "RFC 6265bis section 5.2; mod_auth_openidc, oidc_authorization_request_set_cookie, ChangeLog 2.4.15, 2.4.16.6 (Off is applied to state cookies)",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, s := range settings(v, "OIDCResponseMode", "oidcresponsemode", "response_mode") {
					strict, sure, at := v.sameSite()
					if s.Value != "form_post" || !strict {
						continue
					}
					f := finding.Finding{
						Message: "the issuer posts its answer (form_post), but the state's cookie is kept from posts of other sites: the login is not known any more (400, or OIDCDefaultURL)",
						Hint:    "remove the line: without it the answer comes in the address",
					}
					if at != nil {
						f.Related = []finding.Related{{Message: fmt.Sprintf("%s %s", at.Name, at.RawArgs()), At: at.At()}}
					}
					if !sure {
						f.Severity, f.Message = finding.Info, "the issuer posts its answer (form_post): from mod_auth_openidc 2.4.15 on the state's cookie is kept from posts of other sites"
					}
					s.report(p, f, v.Vhost)
				}
			}
		},
	}
}

// sameSite reports whether the state's cookie is kept from posts of other sites, and
// what says so. sure is false where that depends on the unknown version: from 2.4.15
// to 2.4.16.5 it always is, whatever OIDCCookieSameSite says.
func (v *party) sameSite() (kept, sure bool, at *httpdconf.Command) {
	c := v.Command("oidccookiesamesite")
	since, sure := v.Tree.Since("2.4.15")
	switch {
	case sure && since && v.Tree.Before("2.4.16.6"):
		return true, true, nil
	case c == nil:
		return since || !sure, sure, nil
	}
	words := c.Argv()
	value := subject.Arg(c, min(1, len(words)-1)) // the second is the state's
	switch strings.ToLower(value) {
	case "off", "none", "disabled":
		return false, true, c
	}
	return true, true, c
}
