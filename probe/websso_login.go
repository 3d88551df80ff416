package probe

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// sessionsStay is what a login with a browser leaves behind.
const sessionsStay = "what stays: a session at the issuer, and one of httpd whose cookie is forgotten"

// webssoLogin fills in the issuer's login page and goes on to the page with which
// Keystone hands a token to the dashboard.
func webssoLogin(ctx context.Context, v *visit) outcome {
	b := &v.browsing
	if len(b.dashboards) == 0 {
		return moot(noDashboards)
	}
	if b.surf == nil {
		return skipped("needs the issuer's login page (websso)")
	}
	user, password, why := v.person()
	if why != "" {
		return skipped(why)
	}
	f, why := v.fillIn(user, password)
	if why != "" {
		return skipped(why)
	}
	b.surf.hops = nil
	own, cancel := finishing(ctx)
	defer cancel()
	e, err := b.surf.leg(own, http.MethodPost, f.action, f.values, v.beforeReturn)
	if err != nil {
		return v.unreachable(oidc.Place(e.url), err)
	}
	return v.returned(own, e)
}

// person gives the test user of the description.
func (v *visit) person() (user string, password secret.Value, why string) {
	how := v.idp.Probe
	if how == nil || how.Username.Value == "" || !how.Password.Given() {
		return "", secret.Value{}, "the description has no test user: add `username` and `password` to `probe:` of identity_providers." + v.found.ID
	}
	password, err := v.opts.Resolve(how.Password)
	if err != nil {
		return "", secret.Value{}, "probe.password: " + err.Error()
	}
	v.opts.Mask.Add(password)
	return how.Username.Value, password, ""
}

// fillIn fills the form of the login page, if that is the issuer's and so is the
// place that it is sent to: nobody else is shown the password.
func (v *visit) fillIn(user string, password secret.Value) (form, string) {
	page := v.browsing.page
	f, ok := page.loginForm()
	switch {
	case !ok:
		return f, "the page at " + oidc.Place(page.url) + " has no form for a name and a password that could be filled in by hand: try --browser"
	case !v.ofIssuer(page.url) || !v.ofIssuer(f.action):
		return f, "the login page is at " + oidc.Place(page.url) + " and goes to " + oidc.Place(f.action) + ", which is not the issuer's host: the password is not shown there"
	case f.method != http.MethodPost:
		return f, "the form at " + oidc.Place(page.url) + " is not sent by POST: the password would be in the address"
	}
	f.values.Set(f.user, user)
	f.values.Set(f.password, password.Reveal())
	return f, ""
}

// returned goes on from the issuer's answer to the login.
func (v *visit) returned(ctx context.Context, e end) outcome {
	const name = "websso-login"
	s := v.browsing.surf
	if f := v.loginFault(e); f != nil {
		return v.lost(ctx, name, []*fault{f}, nil, s)
	}
	method, to, values := http.MethodGet, e.next, url.Values(nil)
	if to == nil {
		back, _ := v.postedBack(e.hop)
		method, to, values = back.method, back.action, back.values
	}
	last, err := s.leg(ctx, method, to, values, v.beforeIssuer)
	if err != nil {
		return v.unreachable(oidc.Place(last.url), err)
	}
	return v.handedOver(ctx, last)
}

// loginFault: the issuer took the login and sends the browser back.
func (v *visit) loginFault(e end) *fault {
	_, again := e.loginForm()
	_, posted := v.postedBack(e.hop)
	switch {
	case e.fault != nil:
		return e.fault
	case e.next != nil && e.next.Query().Has("error"):
		return e.wrong(symptom.WebssoIssuerError, "seen", errorOf(e))
	case e.next != nil || posted:
		return nil
	case again:
		return e.wrong(symptom.WebssoPassword, "seen", v.idp.Probe.Username.Value)
	}
	return e.wrong(symptom.WebssoAsksMore, "seen", oidc.Place(e.url))
}

// postedBack finds the form of a response by form_post.
func (v *visit) postedBack(h hop) (form, bool) {
	for _, f := range h.forms() {
		if f.action != nil && v.browsing.redirect != nil && oidc.Place(f.action) == oidc.Place(v.browsing.redirect) {
			return f, true
		}
	}
	return form{}, false
}

// handedOver judges the end of the way: Keystone's page for the dashboard, and then
// for each other dashboard, until one fails.
func (v *visit) handedOver(ctx context.Context, e end) outcome {
	faults, tokens := v.pageFaults(e, v.origin())
	for _, other := range v.browsing.dashboards[1:] {
		if len(faults) > 0 {
			break
		}
		place := v.webssoPlace(originOf(other))
		h, err := v.browsing.surf.visit(ctx, http.MethodGet, place, nil)
		if err != nil {
			return v.unreachable(oidc.Place(place), err)
		}
		more, given := v.pageFaults(end{hop: h}, originOf(other))
		faults, tokens = more, tokens+given
	}
	notes := []string{sessionsStay, fmt.Sprintf("Keystone tokens handed to dashboards: %d", tokens)}
	return v.lost(ctx, "websso-login", faults, notes, v.browsing.surf)
}
