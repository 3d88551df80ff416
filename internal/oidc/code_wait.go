package oidc

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"
)

// Limits of the small server that the browser comes back to.
const (
	callbackHeaders = 16 << 10
	callbackTimeout = 10 * time.Second
)

// Wait serves the browser's way back until the right answer has come, exchanges
// its code and holds the ID token against this login (OpenID Connect Core
// section 3.1.3.7; it came by TLS from the provider itself, so that its
// signature says nothing more). It stops listening whatever happens. When ctx
// ends the error is an *Error of kind Canceled or Timeout, at once.
func (l *CodeLogin) Wait(ctx context.Context) (Tokens, error) {
	f := l.flow
	answer, err := f.serve(ctx)
	if err != nil {
		return Tokens{}, err
	}
	if answer.err != nil {
		return Tokens{}, answer.err
	}
	got, err := f.exchange(ctx, answer.code)
	if err != nil {
		return Tokens{}, err
	}
	if err := f.checkID(got); err != nil {
		f.withdraw(ctx, got)
		return Tokens{}, err
	}
	return got, nil
}

func (f *codeFlow) serve(ctx context.Context) (codeAnswer, error) {
	server := &http.Server{Handler: http.HandlerFunc(f.callback), ReadTimeout: callbackTimeout, WriteTimeout: callbackTimeout, MaxHeaderBytes: callbackHeaders}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(f.listener) }()
	select {
	case answer := <-f.answers:
		f.finish(ctx, server)
		return answer, nil
	case err := <-failed:
		return codeAnswer{}, &Error{Kind: Network, At: f.listener.Addr().String(), Got: "the login was closed", Err: err}
	case <-ctx.Done():
		_ = server.Close()
		return codeAnswer{}, f.unanswered(ctx.Err())
	}
}

// finish lets the page reach the browser before the listener closes.
func (f *codeFlow) finish(ctx context.Context, server *http.Server) {
	own, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if server.Shutdown(own) != nil {
		_ = server.Close()
	}
}

// unanswered tells a login that nobody came back from, and whether somebody came
// back with another login's answer.
func (f *codeFlow) unanswered(ended error) error {
	kind, got := Timeout, "nobody came back from the provider's login page in time"
	if errors.Is(ended, context.Canceled) {
		kind, got = Canceled, "interrupted"
	}
	e := &Error{Kind: kind, At: f.redirectURI(), Got: got, Err: ended}
	select {
	case <-f.strange:
		e.Got += "; an answer with another state was not taken"
		e.Mend = "use the URL of this login, not one of an earlier"
	default:
	}
	return e
}

// checkID: the ID token is for this client, from this issuer, and for this login.
func (f *codeFlow) checkID(got Tokens) error {
	at := f.doc.TokenEndpoint
	if got.ID.Empty() {
		if !slices.Contains(f.scopes, "openid") {
			return nil
		}
		return &Error{Kind: Malformed, At: at, Got: "the answer has no ID token", Want: "one, since the scope openid was asked for"}
	}
	token, err := ParseToken(got.ID.Reveal())
	if err != nil {
		return placed(at, err)
	}
	return placed(at, f.checkClaims(token.Claims))
}

func (f *codeFlow) checkClaims(claims Object) error {
	issuer, _ := claims.Text("iss")
	nonce, _ := claims.Text("nonce")
	audiences, _ := (&checker{token: &Token{Claims: claims}}).audiences()
	switch {
	case issuer != f.doc.Issuer:
		return &Error{Kind: IssuerMismatch, Got: "the ID token's iss is " + Excerpt(issuer, 200), Want: f.doc.Issuer}
	case !slices.Contains(audiences, f.client.ID):
		return malformed("", "the ID token's aud is "+Excerpt(listed(audiences), 200), f.client.ID)
	case nonce != f.nonce.Reveal():
		return malformed("", "the ID token's nonce is not this login's", "the nonce that was sent")
	default:
		return nil
	}
}

// withdraw does its best to end tokens that nobody will use.
func (f *codeFlow) withdraw(ctx context.Context, got Tokens) {
	_ = Revoke(ctx, f.web, f.doc, f.client, got.Refresh)
	_ = Revoke(ctx, f.web, f.doc, f.client, got.Access)
}
