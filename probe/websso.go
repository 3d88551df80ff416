package probe

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe/symptom"
)

// browsing is what the steps of the browser's way share.
type browsing struct {
	dashboards []string // of the description
	surf       *surf    // nil until the walk has come to the issuer's login page
	page       hop      // that page
	redirect   *url.URL // where the issuer sends the browser back to
}

// noDashboards is why there is nothing to ask.
const noDashboards = "no dashboards in the description"

// websso goes the way of a browser that comes from the dashboard, up to the
// issuer's login page, and judges each redirect. It shows nobody a credential.
func websso(ctx context.Context, v *visit) outcome {
	if len(v.browsing.dashboards) == 0 {
		return moot(noDashboards)
	}
	if why := v.lacks(keystoneUp, haveDocument); why != "" {
		return skipped(why)
	}
	s := newSurf(v.web, v.opts.Mask, hostPart(v.url))
	e, err := s.leg(ctx, http.MethodGet, v.webssoPlace(v.origin()), nil, v.beforeIssuer)
	if err != nil {
		return v.unreachable(oidc.Place(e.url), err)
	}
	if f := v.towardsIssuer(e); f != nil {
		return v.lost(ctx, "websso", []*fault{f}, nil, s)
	}
	faults, notes := v.authorization(e)
	v.browsing.redirect, _ = url.Parse(e.next.Query().Get("redirect_uri"))
	page, err := s.leg(ctx, http.MethodGet, e.next, nil, v.beforeReturn)
	if err != nil {
		return v.unreachable(oidc.Place(page.url), err)
	}
	faults = append(faults, issuerFaults(page)...)
	if len(faults) == 0 {
		v.browsing.surf, v.browsing.page = s, page.hop
	}
	beside, remarks := v.besides(ctx)
	return v.lost(ctx, "websso", append(faults, beside...), append(notes, remarks...), s)
}

// moot is the outcome of a step that has nothing to ask in this federation.
func moot(cause string) outcome { return outcome{verdict: Skip, moot: true, cause: cause} }

// lacks says which of the needs is not there; "" = all are.
func (v *visit) lacks(needs ...fact) string {
	for _, need := range needs {
		if !v.facts[need] {
			return "needs " + string(need)
		}
	}
	return ""
}

// origin is what Horizon names as its own address, byte for byte
// (openstack_auth/utils.py, get_websso_url).
func (v *visit) origin() string { return originOf(v.browsing.dashboards[0]) }

func originOf(dashboard string) string { return strings.TrimSuffix(dashboard, "/") + "/auth/websso/" }

// webssoPlace is the path of this provider; "" for no origin.
func (v *visit) webssoPlace(origin string) *url.URL { return v.door(v.doors()[1], origin) }

func (v *visit) door(path, origin string) *url.URL {
	u, err := url.Parse(v.url + path)
	if err != nil {
		return &url.URL{Path: path}
	}
	if origin != "" {
		u.RawQuery = url.Values{"origin": {origin}}.Encode()
	}
	return u
}

// beforeIssuer: the place is Keystone's, and not the issuer's, which may share its host.
func (v *visit) beforeIssuer(u *url.URL) bool { return u.Host == hostPart(v.url) && !v.isIssuer(u) }

func (v *visit) isIssuer(u *url.URL) bool {
	at, err := url.Parse(v.loginPage())
	return err == nil && oidc.Place(u) == oidc.Place(at)
}

// beforeReturn: the issuer has not sent the browser back yet.
func (v *visit) beforeReturn(u *url.URL) bool {
	return v.browsing.redirect == nil || oidc.Place(u) != oidc.Place(v.browsing.redirect)
}

// towardsIssuer: the way from Keystone ends with a redirect to this issuer.
func (v *visit) towardsIssuer(e end) *fault {
	switch {
	case e.fault != nil:
		return e.fault
	case e.next == nil:
		return e.wrong("")
	case v.isIssuer(e.next):
		return nil
	case e.next.Query().Has("target_link_uri") && e.next.Query().Has("oidc_callback"):
		return e.wrong(symptom.WebssoPicker, "seen", oidc.Place(e.next))
	}
	return e.wrong(symptom.WebssoIssuer, "seen", oidc.Place(e.next), "want", v.loginPage())
}

// lost makes the outcome of a walk: the first fault is the cause, the others are
// told beside it. A walk without a fault is told in one line.
func (v *visit) lost(ctx context.Context, stepName string, faults []*fault, notes []string, s *surf) outcome {
	if len(faults) == 0 {
		return passed(s.last().answer, append([]string{s.chain()}, notes...)...)
	}
	o := v.diagnosed(ctx, stepName, faults[0])
	for _, f := range faults[1:] {
		also := v.diagnosed(ctx, stepName, f)
		o.notes = append(o.notes, "also: "+also.cause+" ["+also.symptom+"]; "+also.mend)
	}
	o.notes = append(append(o.notes, notes...), s.trail()...)
	return o
}

func (v *visit) diagnosed(ctx context.Context, stepName string, f *fault) outcome {
	facts := v.known(stepName)
	facts.Answer, facts.Words = readable(f.answer), f.words
	if f.fact != "" {
		facts.Marks = []symptom.Fact{f.fact}
	}
	facts.Words["origin"] = v.origin()
	facts.Words["websso"] = v.doors()[1]
	return v.outcome(f.answer, v.diagnose(ctx, facts, nil))
}
