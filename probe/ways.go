package probe

import (
	"context"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/spec"
)

// before gives the steps that leave a login unused, by what the identity provider
// speaks.
func (v *visit) before() []step {
	if v.idp.SAML != nil {
		return samlBefore()
	}
	return beforeExchange()
}

// from gives the steps from the login at Keystone on.
func (v *visit) from(opts Options) []step {
	if v.idp.SAML != nil {
		return append(samlLogin(), fromSession(opts)...)
	}
	return append([]step{{name: "exchange", needs: []fact{keystoneUp, haveToken}, run: exchange}}, fromSession(opts)...)
}

// ofOpenID leaves the visits whose doors take bearer tokens.
func ofOpenID(visits []*visit) []*visit {
	var out []*visit
	for _, v := range visits {
		if v.idp.SAML == nil {
			out = append(out, v)
		}
	}
	return out
}

// issuerOf is the identity provider's own name: its issuer, or its entity id.
func issuerOf(idp *spec.IdentityProvider) string {
	if idp.SAML != nil {
		return idp.SAML.EntityID.Value
	}
	return idp.Issuer.Value
}

// issuerPlace is where the identity provider is.
func (v *visit) issuerPlace() string {
	if v.idp.SAML != nil {
		return v.samlPlace()
	}
	return v.idp.Issuer.Value
}

// issuerAsked is what is asked there, only to see that somebody answers; "": it is not
// known where that is.
func (v *visit) issuerAsked(ctx context.Context) string {
	if v.idp.SAML == nil {
		return oidc.WellKnown(v.idp.Issuer.Value)
	}
	_, _ = v.look(ctx) // the step metadata tells of the error
	return v.samlPlace()
}

// described is the fact that brings the place of the login page.
func (v *visit) described() fact {
	if v.idp.SAML != nil {
		return haveMetadata
	}
	return haveDocument
}

// loginPage is where a browser is sent to log in; "" before it is described.
func (v *visit) loginPage() string {
	switch {
	case v.doc != nil:
		return v.doc.AuthorizationEndpoint
	case v.saml.idp != nil:
		return v.saml.idp.At(saml.Redirect)
	}
	return ""
}
