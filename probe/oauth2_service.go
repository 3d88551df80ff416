package probe

import (
	"context"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// useService uses the token where it is for: a service lets it in, nobody without it,
// and a bound token only with its certificate.
func useService(ctx context.Context, v *visit) outcome {
	bearer := http.Header{"Authorization": {"Bearer " + v.issuance.issued.Token.Reveal()}}
	with, o := v.atService(ctx, v.shown(), bearer)
	if o != nil {
		return *o
	}
	without, o := v.atService(because(ctx, "whether anybody is let in"), v.shown(), nil)
	if o != nil {
		return *o
	}
	switch {
	case succeeded(without):
		return v.ofService(ctx, without, symptom.ServiceOpen)
	case !succeeded(with):
		return v.refusedAtService(ctx, with)
	case v.issuance.shows.Certified != nil:
		return v.unboundAtService(ctx, with, bearer)
	}
	return v.letIn(with)
}

// letIn: who answered is a service, which has no name of its own here.
func (v *visit) letIn(a keystone.Answer, notes ...string) outcome {
	o := passed(a, notes...)
	o.by = keystone.ByNobody
	return o
}

// unboundAtService shows the token without its certificate, as a thief would. A server
// that asks for one in the handshake may end it there.
func (v *visit) unboundAtService(ctx context.Context, with keystone.Answer, bearer http.Header) outcome {
	stolen, err := keystone.Ask(because(ctx, "whether the token is good without its certificate"), v.web,
		keystone.Request{Method: http.MethodGet, URL: v.issuance.client.Service.Value, Header: bearer})
	if err == nil && succeeded(stolen) {
		return v.ofService(ctx, stolen, symptom.ServiceUnbound)
	}
	return v.letIn(with, "refused without the certificate")
}

// refusedAtService asks once more, as a service without OAuth 2.0 is asked.
func (v *visit) refusedAtService(ctx context.Context, a keystone.Answer) outcome {
	other, o := v.atService(because(ctx, "whether it takes X-Auth-Token"), v.shown(), http.Header{"X-Auth-Token": {v.issuance.issued.Token.Reveal()}})
	if o == nil && succeeded(other) {
		return v.ofService(ctx, a, symptom.TakesXAuth)
	}
	return v.ofService(ctx, a)
}

func succeeded(a keystone.Answer) bool { return a.Status >= 200 && a.Status < 300 }

func (v *visit) atService(ctx context.Context, web *http.Client, header http.Header) (keystone.Answer, *outcome) {
	a, err := keystone.Ask(ctx, web, keystone.Request{Method: http.MethodGet, URL: v.issuance.client.Service.Value, Header: header.Clone()})
	if err != nil {
		o := v.unreachable(v.issuance.client.Service.Value, err)
		return a, &o
	}
	return a, nil
}

func (v *visit) ofService(ctx context.Context, a keystone.Answer, marks ...symptom.Fact) outcome {
	f := v.known("oauth2-service")
	f.Answer, f.Marks = a, marks
	f.Words = map[string]string{"endpoint": v.issuance.client.Service.Value}
	return v.outcome(a, v.diagnose(ctx, f, nil))
}
