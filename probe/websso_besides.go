package probe

import (
	"context"
	"fmt"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe/symptom"
)

// besides asks what lies beside the way: the redirect URI without an answer of the
// issuer, the path that names no provider, and this provider's without an origin.
func (v *visit) besides(ctx context.Context) (faults []*fault, remarks []string) {
	fresh := func() *surf { return newSurf(v.web, v.opts.Mask, hostPart(v.url)) }
	if to := v.browsing.redirect; to != nil && to.Host == hostPart(v.url) && to.Scheme == "https" {
		if h, err := fresh().visit(ctx, http.MethodGet, to, nil); err == nil && !ofModule(h.answer) {
			faults = append(faults, h.wrong(symptom.WebssoRedirectUnanswered, "seen", oidc.Place(to)))
		}
	}
	if h, err := fresh().visit(ctx, http.MethodGet, v.door(v.doors()[2], v.origin()), nil); err == nil {
		if h.answer.AnsweredBy == keystone.ByItself && h.answer.Status == http.StatusUnauthorized {
			faults = append(faults, h.wrong(symptom.WebssoGlobalOpen, "global", v.doors()[2]))
		}
		remarks = append(remarks, "the path that names no provider: "+h.saysGlobal())
	}
	if h, err := fresh().visit(ctx, http.MethodGet, v.webssoPlace(""), nil); err == nil {
		remarks = append(remarks, fmt.Sprintf("without an origin: %d of %s", h.answer.Status, h.answer.AnsweredBy))
	}
	return faults, remarks
}

// ofModule: the path is the module's, or closed to what is no answer of an issuer;
// Keystone does not see it.
func ofModule(a keystone.Answer) bool {
	return a.AnsweredBy != keystone.ByItself && a.Status != http.StatusNotFound && a.Status < http.StatusInternalServerError
}

func (h hop) saysGlobal() string {
	says := map[bool]string{true: ", a list of providers to choose from"}[listed(h.answer)]
	if host := h.answer.RedirectHost(); host != "" {
		says = ", to " + host
	}
	return fmt.Sprintf("%d of %s%s", h.answer.Status, h.answer.AnsweredBy, says)
}

func listed(a keystone.Answer) bool {
	return a.Status == http.StatusOK && a.AnsweredBy == keystone.ByOpenIDC
}
