package adapter

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// largestAnswer bounds what is read of an answer, in bytes.
const largestAnswer = 256 << 10

// early is how long before its end a token is fetched anew.
const early = 10 * time.Second

// authorize puts the credentials into a request: a bearer token where the adapter's
// discovery document names a token endpoint, Basic where it names none.
func (a *Adapter) authorize(ctx context.Context, req *http.Request) error {
	if a.at.ID == "" {
		return nil
	}
	if !a.asked {
		document, err := a.discover(ctx)
		if err != nil {
			return err
		}
		a.document, a.asked = document, true
	}
	if a.document == nil {
		req.SetBasicAuth(a.at.ID, a.at.Secret.Reveal())
		return nil
	}
	token, err := a.accessToken(ctx)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token.Reveal())
	return nil
}

// discover reads where a token is had: of the discovery document (OpenID Connect
// Discovery 1.0 section 3) an adapter has token_endpoint alone.
func (a *Adapter) discover(ctx context.Context) (*oidc.Document, error) {
	place := oidc.WellKnown(a.at.URL)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
	if err != nil {
		return nil, &oidc.Error{Kind: oidc.BadURL, At: a.at.URL, Got: "not a URL"}
	}
	status, raw, err := a.send(req)
	if err != nil || status == http.StatusNotFound {
		return nil, err
	}
	if status != http.StatusOK {
		return nil, refused(place, status, raw)
	}
	return document(a.at.URL, raw)
}

func document(at string, raw []byte) (*oidc.Document, error) {
	place := oidc.WellKnown(at)
	o, err := oidc.ParseObject(raw)
	if err != nil {
		return nil, placed(place, err)
	}
	endpoint, err := o.Text("token_endpoint")
	if err != nil || endpoint == "" {
		return nil, placed(place, err)
	}
	if err := oidc.CheckEndpoint("token_endpoint", endpoint, at); err != nil {
		return nil, placed(place, err)
	}
	methods, err := o.Texts("token_endpoint_auth_methods_supported")
	return &oidc.Document{Issuer: strings.TrimSuffix(at, "/"), TokenEndpoint: endpoint, TokenAuthMethodsSupported: methods}, placed(place, err)
}

// placed puts the place into an error that has none.
func placed(at string, err error) error {
	var e *oidc.Error
	if errors.As(err, &e) && e.At == "" {
		e.At = at
	}
	return err
}

func (a *Adapter) accessToken(ctx context.Context) (secret.Value, error) {
	if !a.token.Empty() && (a.expires.IsZero() || time.Until(a.expires) > early) {
		return a.token, nil
	}
	got, err := oidc.ClientCredentials(ctx, a.web, a.document, oidc.Client{ID: a.at.ID, Secret: a.at.Secret}, nil)
	if err != nil {
		return secret.Value{}, register.AccountFault(err)
	}
	a.token, a.expires = got.Access, got.Expiry
	return a.token, nil
}

// clientURL is the address of a client. Ids that mean a folder there are refused.
func (a *Adapter) clientURL(id string) (string, error) {
	if id == "" || id == "." || id == ".." {
		return "", &oidc.Error{Kind: oidc.BadURL, At: a.at.URL, Got: "a client id that is empty or a folder", Want: "a name"}
	}
	return strings.TrimSuffix(a.at.URL, "/") + "/clients/" + url.PathEscape(id), nil
}

// send sends a request once and reads the answer, no further than its bound.
func (a *Adapter) send(req *http.Request) (status int, raw []byte, err error) {
	req.Header.Set("Accept", "application/json")
	at := oidc.Place(req.URL)
	resp, err := a.web.Do(req)
	if err != nil {
		return 0, nil, oidc.TransportError(at, err)
	}
	defer resp.Body.Close()
	raw, err = io.ReadAll(io.LimitReader(resp.Body, largestAnswer+1))
	switch {
	case err != nil:
		return 0, nil, oidc.TransportError(at, err)
	case len(raw) > largestAnswer:
		return 0, nil, &oidc.Error{Kind: oidc.TooLarge, At: at, Got: "the answer is longer than a client can be", Want: "a client of a few kilobytes"}
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return 0, nil, &oidc.Error{Kind: oidc.Redirect, At: at, Got: "the adapter redirects to " + oidc.RedirectHost(resp.Header), Want: "an answer; a token is sent nowhere else", Mend: "write the address that the adapter itself has"}
	}
	return resp.StatusCode, raw, nil
}
