package oidc

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/oauth2"

	"github.com/fedstone/fedstone/internal/secret"
)

// callbackPath is the redirect URI's: http://127.0.0.1:PORT/callback.
const callbackPath = "/callback"

// CodeOptions change how CodeStart begins. The zero value is usable.
type CodeOptions struct {
	// ListenPort is where the browser comes back to, on loopback; 0 is a free
	// port, which a provider has to allow (RFC 8252 section 7.3).
	ListenPort int
	// LoginHint is put into the provider's login form (OpenID Connect Core
	// section 3.1.2.1); "" for none.
	LoginHint string
}

// CodeLogin is a login by browser that has begun: the authorization code flow of
// a native app (RFC 8252) with PKCE (RFC 7636). Only CodeStart makes one. It
// listens until Wait returns or Close is called.
type CodeLogin struct {
	flow *codeFlow // behind a pointer, so that printing a CodeLogin does not show its secrets
}

type codeFlow struct {
	asking
	listener net.Listener
	scopes   []string
	hint     string
	state    secret.Value
	nonce    secret.Value
	verifier secret.Value
	answers  chan codeAnswer
	strange  chan struct{}
}

// CodeStart listens on loopback for the browser's way back. web serves the
// exchange of the code. Errors are *Error values: GrantUnoffered, and Network
// where the port cannot be had.
func CodeStart(ctx context.Context, web *http.Client, doc *Document, c Client, scopes []string, opts CodeOptions) (*CodeLogin, error) {
	if err := doc.offersCode(); err != nil {
		return nil, err
	}
	listener, err := listenLoopback(ctx, opts.ListenPort)
	if err != nil {
		return nil, err
	}
	return &CodeLogin{&codeFlow{
		asking: asking{web, doc, c}, listener: listener, scopes: scopes, hint: opts.LoginHint,
		state: secret.New(rand.Text()), nonce: secret.New(rand.Text()), verifier: secret.New(oauth2.GenerateVerifier()),
		answers: make(chan codeAnswer, 1), strange: make(chan struct{}, 1),
	}}, nil
}

func (d *Document) offersCode() error {
	if err := d.offers(grantCode); err != nil {
		return err
	}
	if methods := d.CodeChallengeMethods; len(methods) > 0 && !slices.Contains(methods, "S256") {
		return &Error{Kind: GrantUnoffered, At: WellKnown(d.Issuer), Got: "code_challenge_methods_supported lists no S256",
			Want: "S256 among " + Excerpt(strings.Join(methods, ", "), 100), Mend: "have the provider allow PKCE with S256 (RFC 7636)"}
	}
	return nil
}

// listenLoopback takes the IPv6 loopback where the machine has no other (RFC
// 8252 section 7.3). The name localhost is not used: it may be another address.
func listenLoopback(ctx context.Context, port int) (net.Listener, error) {
	at := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", at)
	if errors.Is(err, syscall.EADDRNOTAVAIL) {
		at = net.JoinHostPort("::1", strconv.Itoa(port))
		listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", at)
	}
	if err != nil {
		return nil, &Error{Kind: Network, At: at, Got: "cannot listen there for the browser: " + innermost(err).Error(),
			Want: "a free port", Mend: "end the program that listens there, or choose another port", Err: innermost(err)}
	}
	return listener, nil
}

// URL is the provider's page for the browser. It holds state and nonce: it is
// for the person's eyes, not for a log.
func (l *CodeLogin) URL() string {
	f := l.flow
	opts := []oauth2.AuthCodeOption{
		oauth2.S256ChallengeOption(f.verifier.Reveal()),
		oauth2.SetAuthURLParam("nonce", f.nonce.Reveal()),
	}
	if f.hint != "" {
		opts = append(opts, oauth2.SetAuthURLParam("login_hint", f.hint))
	}
	conf := oauth2.Config{ClientID: f.client.ID, RedirectURL: f.redirectURI(), Scopes: f.scopes, Endpoint: oauth2.Endpoint{AuthURL: f.doc.AuthorizationEndpoint}}
	return conf.AuthCodeURL(f.state.Reveal(), opts...)
}

func (f *codeFlow) redirectURI() string { return "http://" + f.listener.Addr().String() + callbackPath }

// Close ends the listening of a login that nobody waits for. After Wait it does nothing.
func (l *CodeLogin) Close() error {
	if err := l.flow.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// exchange turns the code into tokens (RFC 6749 section 4.1.3).
func (f *codeFlow) exchange(ctx context.Context, code secret.Value) (Tokens, error) {
	params := url.Values{"code": {code.Reveal()}, "redirect_uri": {f.redirectURI()}, "code_verifier": {f.verifier.Reveal()}}
	return f.grant(ctx, grantCode, params, nil)
}
