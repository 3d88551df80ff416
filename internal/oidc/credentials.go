package oidc

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/oauth2"

	"github.com/fedstone/fedstone/internal/secret"
)

// Client is a client registered at the issuer. A public one has neither Secret
// nor Key; Key goes before Secret. SecretInBody is for a client that is
// registered with client_secret_post: the discovery document tells what the
// provider can do, not what it asks of one client.
type Client struct {
	ID           string
	Secret       secret.Value
	SecretInBody bool
	Key          *SigningKey
}

// authStyle picks where the client's secret goes, so that it is sent once and
// not tried out: the Basic header, unless the provider takes it only in the body.
func (d *Document) authStyle(c Client) oauth2.AuthStyle {
	methods := d.TokenAuthMethodsSupported
	inBody := len(methods) > 0 && !slices.Contains(methods, "client_secret_basic") && slices.Contains(methods, "client_secret_post")
	if c.Secret.Empty() || c.Key != nil || c.SecretInBody || inBody {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

// secretOf is what goes beside the client's id; a client with a key sends none.
func secretOf(c Client) string {
	if c.Key != nil {
		return ""
	}
	return c.Secret.Reveal()
}

// assertion gives the parameters of private_key_jwt (RFC 7523 section 2.2),
// made anew for each request, since a provider takes each only once; none for
// a client without a key.
func (d *Document) assertion(c Client) (url.Values, error) {
	if c.Key == nil {
		return url.Values{}, nil
	}
	signed, err := c.Key.assertion(d, c.ID)
	if err != nil {
		return nil, err
	}
	return url.Values{
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		"client_assertion":      {signed.Reveal()},
	}, nil
}

// authenticated makes a form request that carries the client's authentication,
// for the endpoints that x/oauth2 does not serve.
func (d *Document) authenticated(c Client, endpoint string, form url.Values) (*http.Request, error) {
	params, err := d.assertion(c)
	if err != nil {
		return nil, err
	}
	for name, v := range form {
		params[name] = v
	}
	inHeader := d.authStyle(c) == oauth2.AuthStyleInHeader
	if !inHeader {
		params.Set("client_id", c.ID)
	}
	if text := secretOf(c); !inHeader && text != "" {
		params.Set("client_secret", text)
	}
	req, err := http.NewRequest(http.MethodPost, endpoint, strings.NewReader(params.Encode()))
	if err != nil {
		return nil, &Error{Kind: BadURL, At: endpoint, Got: "not a URL", Err: err}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	if inHeader {
		req.SetBasicAuth(url.QueryEscape(c.ID), url.QueryEscape(c.Secret.Reveal()))
	}
	return req, nil
}
