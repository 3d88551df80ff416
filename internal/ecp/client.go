package ecp

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/secret"
)

// Client is one login. Its steps are called in their order: Ask, LogIn, Consume and
// Exchange, and each only after the one before it gave no error. The error of a step
// is a *Stop where an answer came and the way ends there, and else of the transport.
type Client struct {
	Web  *http.Client // of oidc.NewHTTPClient
	URL  string       // of the /auth path, in full
	Mask *secret.Redactor

	Asked    *saml.Request  // nil until Ask
	Answered *saml.Response // nil until LogIn has got an envelope

	cookies jar
}

// accept is what a client of this profile takes, in mod_auth_mellon's form: the
// types are parted by a comma (auth_mellon_util.c, am_header_has_media_type).
const accept = "text/html, " + saml.PAOSType

// Ask asks for Keystone's /auth path as an enhanced client: the service provider
// answers with its request to the identity provider.
func (c *Client) Ask(ctx context.Context) (keystone.Answer, error) {
	a, err := c.send(ctx, keystone.Request{
		Method: http.MethodGet, URL: c.URL,
		Header: http.Header{"Accept": {accept}, "Paos": {saml.PAOSHeader}},
	})
	if err != nil {
		return a, err
	}
	if a.Status != http.StatusOK || mediaType(a) != saml.PAOSType {
		return a, &Stop{Kind: Unwished, Got: status(a), Want: "200 with an envelope of " + saml.PAOSType}
	}
	asked, err := saml.ReadRequest(a.Body)
	if err != nil {
		return a, &Stop{Kind: Unreadable, Got: err.Error(), Want: "the service provider's request", Err: err}
	}
	if !c.atHome(asked.ConsumerURL) {
		return a, &Stop{Kind: ConsumerElsewhere, Got: place(asked.ConsumerURL), Want: "a consumer at " + place(c.URL)}
	}
	c.Asked = asked
	return a, nil
}

// LogIn shows a name and a password to the identity provider's SOAP endpoint.
func (c *Client) LogIn(ctx context.Context, endpoint, user string, password secret.Value) (keystone.Answer, error) {
	req := http.Request{Header: http.Header{"Content-Type": {"text/xml"}, "Accept": {"text/xml, " + saml.PAOSType}}}
	req.SetBasicAuth(user, password.Reveal())
	c.Mask.Add(password, secret.New(strings.TrimPrefix(req.Header.Get("Authorization"), "Basic ")))
	a, err := c.send(ctx, keystone.Request{Method: http.MethodPost, URL: endpoint, Header: req.Header, Text: c.Asked.Forward()})
	if a.Status != 0 {
		a.AnsweredBy = keystone.ByIDP
	}
	if err != nil {
		return a, err
	}
	answered, err := saml.ReadResponse(a.Body)
	if err != nil {
		return a, &Stop{Kind: unreadable(a), Got: err.Error(), Want: "the identity provider's answer", Err: err}
	}
	c.Answered = answered
	return a, c.accepted(ctx, a)
}

// accepted ends the way of an answer that is no login, or that is meant for
// somebody else, which the service provider is told.
func (c *Client) accepted(ctx context.Context, a keystone.Answer) error {
	r := c.Answered
	switch {
	case r.Fault != nil:
		return &Stop{Kind: Faulted, Got: faultOf(r.Fault), Want: "a login"}
	case r.Status.Code != saml.StatusSuccess || r.ConsumerURL == "" || a.Status != http.StatusOK:
		return &Stop{Kind: NotLoggedIn, Got: statusOf(r.Status), Want: "the status Success, and an ecp:Response"}
	case !saml.SamePlace(r.ConsumerURL, c.Asked.ConsumerURL):
		_, _ = c.consume(ctx, saml.OtherConsumer())
		return &Stop{Kind: OtherConsumer, Got: place(r.ConsumerURL), Want: place(c.Asked.ConsumerURL)}
	case len(r.Assertions) == 0 && !r.Encrypted:
		return &Stop{Kind: NoAssertion, Got: "no assertion", Want: "one"}
	}
	return nil
}

// Consume hands the answer to the service provider, which opens a session.
func (c *Client) Consume(ctx context.Context) (keystone.Answer, error) {
	a, err := c.consume(ctx, c.Answered.Back(c.Asked))
	if err != nil {
		return a, err
	}
	if a.Status != http.StatusFound && a.Status != http.StatusSeeOther {
		return a, &Stop{Kind: Unwished, Got: status(a), Want: "302 or 303 back to the /auth path"}
	}
	if !c.cookies.any(c.URL) {
		return a, &Stop{Kind: NoSession, Got: "no cookie", Want: "the cookie of a session"}
	}
	return a, nil
}

func (c *Client) consume(ctx context.Context, envelope []byte) (keystone.Answer, error) {
	header := http.Header{"Content-Type": {saml.PAOSType}, "Accept": {accept}, "Paos": {saml.PAOSHeader}}
	return c.send(ctx, keystone.Request{Method: http.MethodPost, URL: c.Asked.ConsumerURL, Header: header, Text: envelope})
}

// Exchange asks for the /auth path with the session: Keystone answers 201 with a
// token, or why it does not. Wherever Consume's answer points, this path is asked.
func (c *Client) Exchange(ctx context.Context) (keystone.Answer, error) {
	return c.send(ctx, keystone.Request{Method: http.MethodGet, URL: c.URL, Header: http.Header{}})
}

// send adds the cookies of the very host, and keeps those that it sets.
func (c *Client) send(ctx context.Context, r keystone.Request) (keystone.Answer, error) {
	to, err := url.Parse(r.URL)
	if err != nil {
		return keystone.Answer{AnsweredBy: keystone.ByNobody}, err
	}
	c.cookies.add(to, r.Header)
	a, err := keystone.Ask(ctx, c.Web, r)
	if err == nil {
		c.cookies.take(to, a.Header, c.Mask)
	}
	return a, err
}

// atHome: the session that the consumer opens counts at Keystone only if they share
// scheme, host and port; and an assertion goes nowhere else.
func (c *Client) atHome(consumer string) bool {
	there, err := url.Parse(consumer)
	here, fault := url.Parse(c.URL)
	return err == nil && fault == nil && there.User == nil && saml.SamePlace(origin(there), origin(here))
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host + "/" }
