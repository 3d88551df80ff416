package probe

import (
	"context"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/probe/symptom"
)

// samlWebsso goes the way of a browser that comes from the dashboard, up to the
// identity provider's login page, and judges each redirect.
func samlWebsso(ctx context.Context, v *visit) outcome {
	if len(v.browsing.dashboards) == 0 {
		return moot(noDashboards)
	}
	if why := v.lacks(keystoneUp, haveMetadata); why != "" {
		return skipped(why)
	}
	if v.loginPage() == "" {
		return moot("the identity provider's metadata names no SingleSignOnService with the Redirect binding")
	}
	s := newSurf(v.web, v.opts.Mask, hostPart(v.url))
	e, err := s.leg(ctx, http.MethodGet, v.webssoPlace(v.origin()), nil, v.beforeIssuer)
	if err != nil {
		return v.unreachable(oidc.Place(e.url), err)
	}
	if f := v.towardsIssuer(e); f != nil {
		return v.lost(ctx, "websso", []*fault{f}, nil, s)
	}
	faults, request := v.samlRequest(e)
	v.browsing.redirect, _ = url.Parse(request.ConsumerURL)
	page, err := s.leg(ctx, http.MethodGet, e.next, nil, v.beforeReturn)
	if err != nil {
		return v.unreachable(oidc.Place(page.url), err)
	}
	faults = append(faults, issuerFaults(page)...)
	if len(faults) == 0 {
		v.browsing.surf, v.browsing.page = s, page.hop
	}
	return v.lost(ctx, "websso", faults, []string{"the request of " + textOr(request.Issuer, "nobody")}, s)
}

// samlRequest judges the request that the redirect carries (SAML 2.0 Bindings,
// section 3.4; Core, section 3.4.1).
func (v *visit) samlRequest(e end) ([]*fault, saml.AuthnRequest) {
	q := e.next.Query()
	r, err := saml.ReadRedirect(q)
	if err != nil {
		return []*fault{e.wrong(symptom.SAMLNoRequest, "seen", err.Error())}, r
	}
	var faults []*fault
	bad := func(is bool, known symptom.Fact, seen, want string) {
		if is {
			faults = append(faults, e.wrong(known, "seen", textOr(seen, "nothing"), "want", want))
		}
	}
	consumer, err := url.Parse(r.ConsumerURL)
	bad(r.Issuer != v.fed.ServiceProvider(v.idp), symptom.SAMLRequestIssuer, r.Issuer, v.fed.ServiceProvider(v.idp))
	bad(r.Destination != "" && !saml.SamePlace(r.Destination, v.loginPage()), symptom.SAMLRequestPlace, r.Destination, v.loginPage())
	bad(err != nil || r.ConsumerURL != "" && (consumer.Scheme != "https" || consumer.Host != hostPart(v.url)), symptom.SAMLRequestConsumer, r.ConsumerURL, v.url)
	bad(!r.Signed && v.saml.idp.WantSigned, symptom.SAMLRequestUnsigned, "no signature", "one by the key of "+v.fed.ServiceProvider(v.idp))
	bad(q.Get("RelayState") == "", symptom.SAMLNoWayBack, "no RelayState", "one")
	return faults, r
}
