package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/fedstone/fedstone/internal/secret"
)

// Client is a client registered at the issuer. A public one has no secret.
type Client struct {
	ID     string
	Secret secret.Value
}

// Tokens are what a token endpoint gave. ID may be empty; a zero Expiry means
// that the answer named none.
type Tokens struct {
	Access secret.Value
	ID     secret.Value
	Expiry time.Time
}

// ClientCredentials gets a token for the client itself (RFC 6749 section 4.4).
func ClientCredentials(ctx context.Context, web *http.Client, doc *Document, c Client, scopes []string) (Tokens, error) {
	conf := clientcredentials.Config{
		ClientID: c.ID, ClientSecret: c.Secret.Reveal(), TokenURL: doc.TokenEndpoint,
		Scopes: scopes, AuthStyle: doc.authStyle(c),
	}
	token, err := conf.Token(context.WithValue(ctx, oauth2.HTTPClient, web))
	return doc.tokens(token, err)
}

// Password gets a token with a person's name and password (RFC 6749 section
// 4.3), which RFC 9700 section 2.4 forbids to everything but tests like ours.
func Password(ctx context.Context, web *http.Client, doc *Document, c Client, username string, password secret.Value, scopes []string) (Tokens, error) {
	conf := oauth2.Config{
		ClientID: c.ID, ClientSecret: c.Secret.Reveal(), Scopes: scopes,
		Endpoint: oauth2.Endpoint{TokenURL: doc.TokenEndpoint, AuthStyle: doc.authStyle(c)},
	}
	token, err := conf.PasswordCredentialsToken(context.WithValue(ctx, oauth2.HTTPClient, web), username, password.Reveal())
	return doc.tokens(token, err)
}

// authStyle picks where the client's secret goes, so that it is sent once and
// not tried out: the Basic header, unless the provider takes it only in the body.
func (d *Document) authStyle(c Client) oauth2.AuthStyle {
	methods := d.TokenAuthMethodsSupported
	inBody := len(methods) > 0 && !slices.Contains(methods, "client_secret_basic") && slices.Contains(methods, "client_secret_post")
	if c.Secret.Empty() || inBody {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

func (d *Document) tokens(token *oauth2.Token, err error) (Tokens, error) {
	if err != nil {
		return Tokens{}, grantError(d.TokenEndpoint, err)
	}
	id, _ := token.Extra("id_token").(string)
	return Tokens{Access: secret.New(token.AccessToken), ID: secret.New(id), Expiry: token.Expiry}, nil
}

// grantError keeps of a refusal the two members that RFC 6749 section 5.2
// defines, and nothing else: the answer's text may echo the request.
func grantError(at string, err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		return tokenAnswerError(at, err)
	}
	if status := refused.Response.StatusCode; status >= 300 && status < 400 {
		return answerError(at, refused.Response)
	}
	got := fmt.Sprintf("the provider refused (%d)", refused.Response.StatusCode)
	if refused.ErrorCode != "" {
		got += fmt.Sprintf(": %s %s", Excerpt(refused.ErrorCode, 60), Excerpt(refused.ErrorDescription, 200))
	}
	return &Error{Kind: GrantRefused, At: at, Got: strings.TrimSpace(got), Want: "an access token", Mend: refusalMend(refused.ErrorCode)}
}

// tokenAnswerError tells transport errors from answers that x/oauth2 could not
// read, whose own text may quote the answer and is dropped.
func tokenAnswerError(at string, err error) error {
	var transport *url.Error
	if errors.As(err, &transport) || KindOf(err) != "" || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return TransportError(at, err)
	}
	return malformed(at, "the answer of the token endpoint is not what RFC 6749 section 5.1 says", "JSON with access_token and token_type")
}

func refusalMend(code string) string {
	return map[string]string{
		"invalid_client":         "check `probe: {client: {id, secret}}` against the client at the provider",
		"unauthorized_client":    "allow this grant for the client at the provider (Keycloak: service accounts roles, or direct access grants)",
		"unsupported_grant_type": "choose another `probe: {grant: …}`; the discovery document lists grant_types_supported",
		"invalid_grant":          "check the user name and password, and that the account has nothing left to do (a new password, a profile to complete)",
		"invalid_scope":          "take the scope out of `probe: {scopes: […]}`, or allow it for the client",
	}[code]
}

// TokenFile reads a token that was put into a file: a regular one that others
// cannot read, at most 32 KB. Space around the token is dropped.
func TokenFile(path string) (secret.Value, error) {
	info, err := os.Stat(path)
	if err != nil {
		return secret.Value{}, fmt.Errorf("token file: %w", err)
	}
	switch {
	case !info.Mode().IsRegular():
		return secret.Value{}, &Error{Kind: BadFile, At: path, Got: "not a regular file", Want: "a file that holds one token"}
	case info.Mode().Perm()&0o007 != 0:
		return secret.Value{}, &Error{Kind: BadFile, At: path, Got: fmt.Sprintf("its mode is %#o: every user of this machine can read the token", info.Mode().Perm()), Want: "0600", Mend: "chmod 600 " + path}
	case info.Size() > maxToken:
		return secret.Value{}, &Error{Kind: TooLarge, At: path, Got: fmt.Sprintf("%d bytes", info.Size()), Want: fmt.Sprintf("a token of at most %d", maxToken)}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return secret.Value{}, fmt.Errorf("token file: %w", err)
	}
	return oneToken(path, strings.TrimSpace(string(raw)))
}

func oneToken(path, text string) (secret.Value, error) {
	unfit := func(r rune) bool { return r <= ' ' || r > '~' }
	if text == "" || strings.ContainsFunc(text, unfit) {
		return secret.Value{}, &Error{Kind: BadFile, At: path, Got: "does not hold exactly one token", Want: "the token and nothing else"}
	}
	return secret.New(text), nil
}
