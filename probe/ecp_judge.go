package probe

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/ecp"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// markOf gives the fact that a symptom knows an end by.
func (v *visit) markOf(stepName string, stop *ecp.Stop, a keystone.Answer) symptom.Fact {
	known := map[ecp.Kind]symptom.Fact{
		ecp.Unreadable: symptom.SAMLOdd, ecp.NoEnvelope: symptom.SAMLPage, ecp.ConsumerElsewhere: symptom.SAMLConsumerElsewhere,
		ecp.Faulted: symptom.SAMLFault, ecp.NotLoggedIn: symptom.SAMLNotLoggedIn, ecp.OtherConsumer: symptom.SAMLOtherConsumer,
		ecp.NoAssertion: symptom.SAMLNoAssertion, ecp.NoSession: symptom.SAMLNoCookie, ecp.Unwished: symptom.SAMLDoor,
	}
	if stepName != "ecp-consume" || stop.Kind != ecp.Unwished || !mayRefuse(a) {
		return known[stop.Kind]
	}
	if p, ok := v.problem(a); ok {
		return v.factOf(p, a)
	}
	if a.Status == http.StatusInternalServerError && saml.ReadFault(a.Body) == nil {
		return known[stop.Kind] // all that Shibboleth's says of any failure
	}
	return symptom.SAMLRefused
}

// shibbolethFailed is what its service provider answers to whatever it cannot do, an
// assertion that it refuses among it, where no page is set up (libshibsp,
// ServiceProvider.cpp, sendError).
const shibbolethFailed = "Please contact the site administrator"

// mayRefuse reports whether an answer may be a service provider's no to the assertion:
// a fault, mod_auth_mellon's 400, Shibboleth's 500.
func mayRefuse(a keystone.Answer) bool {
	return saml.ReadFault(a.Body) != nil || a.Status == http.StatusBadRequest ||
		a.Status == http.StatusInternalServerError && bytes.Contains(a.Body, []byte(shibbolethFailed))
}

// problem gives what is wrong with the assertion: of several the one that another
// request was meant, which brings the times along.
func (v *visit) problem(a keystone.Answer) (saml.Problem, bool) {
	all := v.problems(a)
	if len(all) == 0 {
		return saml.Problem{}, false
	}
	if i := slices.IndexFunc(all, func(p saml.Problem) bool { return p.Check == saml.CheckAnswer }); i > 0 {
		return all[i], true
	}
	return all[0], true
}

// problems judges the assertion by the service provider's clock, which decides.
func (v *visit) problems(a keystone.Answer) []saml.Problem {
	c := v.saml.client
	if c == nil || c.Answered == nil {
		return nil
	}
	now, err := http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		now = v.now()
	}
	return c.Answered.Check(saml.Expect{IdP: v.saml.idp, Request: c.Asked, Now: now})
}

// factOf tells an assertion that is too old from one whose maker has another time.
func (v *visit) factOf(p saml.Problem, a keystone.Answer) symptom.Fact {
	if sp, err := http.ParseTime(a.Header.Get("Date")); err == nil && p.Check == saml.CheckExpired && sp.Sub(v.saml.client.Answered.Issued) > tolerated {
		return symptom.SAMLBehind
	}
	known := map[string]symptom.Fact{
		saml.CheckEarly: symptom.SAMLEarly, saml.CheckExpired: symptom.SAMLExpired, saml.CheckIssuer: symptom.SAMLOtherIssuer,
		saml.CheckSignature: symptom.SAMLUnsigned, saml.CheckKey: symptom.SAMLOtherKey, saml.CheckAudience: symptom.SAMLOtherAudience,
		saml.CheckRecipient: symptom.SAMLOtherRecipient, saml.CheckAnswer: symptom.SAMLReplayed,
	}
	return known[p.Check]
}

// judged gives words for the first problem.
func (v *visit) judged(a keystone.Answer) []string {
	p, ok := v.problem(a)
	if !ok {
		return nil
	}
	return []string{"seen", p.Seen, "want", p.Expected}
}

// clockNotes compare the three clocks of a login, where two are told to be apart.
func (v *visit) clockNotes(a keystone.Answer) []string {
	sp, err := http.ParseTime(a.Header.Get("Date"))
	if err != nil || v.saml.idpAt.IsZero() || v.saml.client.Answered == nil {
		return nil
	}
	made := v.saml.client.Answered.Issued
	if made.IsZero() || made.Sub(sp).Abs() <= tolerated {
		return nil
	}
	return []string{fmt.Sprintf("the answer was made at %s by its own clock, when the service provider's said %s and this machine's %s",
		clock(made), clock(sp), clock(v.now()))}
}

func clock(t time.Time) string { return t.UTC().Format("15:04:05") }

// missing are the attributes that every rule wants and the assertion lacks; nil where
// it is not known, or a rule wants none of them.
func (v *visit) missing() []string {
	c := v.saml.client
	if c == nil || c.Answered == nil || len(c.Answered.Assertions) == 0 || v.idp.Mapping.Given() || len(v.idp.Rules) == 0 {
		return nil
	}
	var all []string
	for i := range v.idp.Rules {
		lacking := lacks(&v.idp.Rules[i], c.Answered.Assertions[0].Attributes)
		if len(lacking) == 0 {
			return nil
		}
		all = append(all, lacking...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// lacks gives the claims of a rule that are no attributes. NAME_ID and its like are
// made by httpd of the assertion's subject.
func lacks(r *spec.Rule, attributes []string) []string {
	var out []string
	wanted := r.Claims()
	for _, c := range r.When {
		wanted = append(wanted, c.Claim.Value)
	}
	for _, claim := range wanted {
		if strings.ToUpper(claim) != claim && !strings.HasPrefix(claim, "env(") && !slices.Contains(attributes, claim) {
			out = append(out, claim)
		}
	}
	return out
}

// isXML reports an error about a document's text.
func isXML(err error) bool {
	_, ok := err.(*saml.Error)
	return ok
}
