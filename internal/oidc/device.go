package oidc

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/fedstone/fedstone/internal/secret"
)

// DeviceLogin is a login on another device that has begun (RFC 8628 section
// 3.2). UserCode and the URIs are for the person: https URLs, and a code of
// printable characters. VerificationURIComplete holds the code and may be "".
// Expires is when the provider forgets it. Only DeviceStart makes one.
type DeviceLogin struct {
	UserCode                string
	VerificationURI         string
	VerificationURIComplete string
	Expires                 time.Time

	poll *devicePoll // behind a pointer, so that printing a DeviceLogin does not show the device code
}

// DeviceStart begins a login on another device (RFC 8628 section 3.1). Errors
// are *Error values: GrantUnoffered before anything is sent, GrantRefused,
// Malformed, and those of the transport.
func DeviceStart(ctx context.Context, web *http.Client, doc *Document, c Client, scopes []string) (*DeviceLogin, error) {
	if err := doc.offersDevice(); err != nil {
		return nil, err
	}
	verifier := doc.deviceVerifier()
	req, err := doc.authenticated(c, doc.DeviceEndpoint, deviceForm(scopes, verifier))
	if err != nil {
		return nil, err
	}
	resp, err := web.Do(req.WithContext(ctx))
	if err != nil {
		return nil, TransportError(doc.DeviceEndpoint, err)
	}
	defer resp.Body.Close()
	answer, err := deviceAnswer(doc.DeviceEndpoint, resp)
	if err != nil {
		return nil, err
	}
	return answer.login(asking{web, doc, c}, verifier)
}

func deviceForm(scopes []string, verifier secret.Value) url.Values {
	form := url.Values{}
	if len(scopes) > 0 {
		form.Set("scope", strings.Join(scopes, " "))
	}
	if !verifier.Empty() {
		form.Set("code_challenge_method", "S256")
		form.Set("code_challenge", oauth2.S256ChallengeFromVerifier(verifier.Reveal()))
	}
	return form
}

// deviceVerifier is for PKCE, which RFC 8628 knows nothing of: Keycloak asks for
// it here too where the client has to use it, and others pass over it.
func (d *Document) deviceVerifier() secret.Value {
	if !slices.Contains(d.CodeChallengeMethods, "S256") {
		return secret.Value{}
	}
	return secret.New(oauth2.GenerateVerifier())
}

func (d *Document) offersDevice() error {
	if err := d.offers(grantDevice); err != nil {
		return err
	}
	if d.DeviceEndpoint == "" {
		return &Error{Kind: GrantUnoffered, At: WellKnown(d.Issuer), Got: "the document has no device_authorization_endpoint",
			Want: "an https URL", Mend: "choose another `probe: {grant: …}`, or allow the device flow at the provider"}
	}
	return nil
}
