package probe

import (
	"cmp"
	"context"
	"errors"
	"net/url"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe/symptom"
)

// discovery gets the issuer's own document: tokens are judged by its keys, and
// the login goes to its endpoint.
func discovery(ctx context.Context, v *visit) outcome {
	doc, err := oidc.Discover(ctx, v.web, v.idp.Issuer.Value)
	if err != nil {
		return issuerFailed(err)
	}
	v.doc, v.facts[haveDocument] = doc, true
	return outcome{verdict: Pass, status: 200, by: keystone.ByIDP}
}

// issuerFailed is the outcome for a failure at the issuer; what never got an
// answer was answered by none.
func issuerFailed(err error) outcome {
	o := outcome{verdict: Fail, by: keystone.ByIDP}
	switch oidc.KindOf(err) {
	case oidc.DNS, oidc.Refused, oidc.Untrusted, oidc.TLS, oidc.Timeout, oidc.Network, oidc.Canceled, oidc.BadFile, "":
		o.by = keystone.ByNobody
	}
	o.cause, o.mend = causeOf(err)
	if !asked(err) {
		return o // nobody was asked: a secret cannot be had, or a file cannot be read
	}
	d := symptom.Explain(context.Background(), symptom.Facts{Fault: symptom.FaultOf("", err)}, nil)
	o.symptom, o.mend = d.Slug, cmp.Or(o.mend, d.Mend)
	return o
}

// asked reports whether an error is about a request.
func asked(err error) bool { return oidc.KindOf(err) != "" || errors.As(err, new(*url.Error)) }

// causeOf parts an error's mend from the rest of it.
func causeOf(err error) (cause, mend string) {
	var typed *oidc.Error
	if !errors.As(err, &typed) {
		return err.Error(), ""
	}
	bare := *typed
	bare.Mend = ""
	return bare.Error(), typed.Mend
}
