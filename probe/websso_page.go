package probe

import (
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// pageFaults judges the page that hands a token to the dashboard (keystone/api/auth.py,
// _render_template_response): a form that goes to the origin, with the token in it.
// It takes charge of every token that it finds.
func (v *visit) pageFaults(e end, origin string) ([]*fault, int) {
	switch {
	case e.fault != nil:
		return []*fault{e.fault}, 0
	case e.next != nil:
		return []*fault{e.wrong(symptom.WebssoSessionLost, "seen", oidc.Place(e.next))}, 0
	case e.answer.Status != http.StatusOK:
		return []*fault{v.refusedAfterLogin(e, origin)}, 0
	}
	count := 0
	var found *form
	for _, f := range e.forms() {
		if token := f.values.Get("token"); token != "" {
			v.handed = append(v.handed, v.hold(secret.New(token)))
			count++
			found = &f
		}
	}
	switch {
	case found == nil:
		return []*fault{e.wrong(symptom.WebssoNoToken)}, 0
	case found.action == nil || found.action.String() != origin || found.method != http.MethodPost:
		return []*fault{e.wrong(symptom.WebssoOtherAction, "seen", oidc.Place(found.action), "want", origin)}, count
	}
	return nil, count
}

// refusedAfterLogin parts what a refusal behind the login can mean. Keystone looks
// at the origin first, and says the same of an origin it does not trust and of a
// user for whom no rule is meant. Only where another dashboard got a token are the
// rules known not to be to blame: the claims of an exchange may be others.
func (v *visit) refusedAfterLogin(e end, origin string) *fault {
	fact := symptom.Fact("")
	switch {
	case e.answer.Status == http.StatusBadRequest && e.url.Path == v.browsing.redirect.Path:
		fact = symptom.WebssoStateLost
	case e.answer.Status != http.StatusUnauthorized || e.answer.AnsweredBy != keystone.ByItself:
	case origin != v.origin():
		fact = symptom.WebssoOrigin
	default:
		fact = symptom.WebssoOriginOrRules
	}
	f := e.wrong(fact)
	f.words["dashboard"] = origin
	f.words["dash"] = strings.TrimSuffix(origin, "/auth/websso/")
	return f
}
