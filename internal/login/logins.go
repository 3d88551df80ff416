package login

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// Logins gets tokens. It may be used by several goroutines at once, and must not
// be copied after its first use.
type Logins struct {
	Cache   *Cache // nil: tokens are kept in memory alone, until Close
	KeepAll bool   // keep the tokens of every grant; false: those that a person or a refresh token stands behind
	Person  Person
	// Unattended says that no person is asked: what is kept is used and renewed, and
	// where that is not enough, Get fails.
	Unattended bool
	// Resolve fetches a secret that federation.yaml names.
	Resolve func(spec.Secret) (secret.Value, error)
	// Local makes a path of federation.yaml absolute.
	Local func(string) string
	Stdin io.Reader        // for grant stdin; read once
	Mask  *secret.Redactor // learns every secret and token
	Now   func() time.Time // nil: the system's clock

	once   sync.Once
	memory memory
	piped  func() (secret.Value, error)
	person sync.Mutex // a person does one login at a time
}

// Place is an issuer as the caller reaches it. Document is asked for only where
// the issuer has to be.
type Place struct {
	IDP      *spec.IdentityProvider
	Web      *http.Client // of oidc.NewHTTPClient
	Document func(context.Context) (*oidc.Document, error)
}

// At is the place of an identity provider, whose document is asked for once.
func At(idp *spec.IdentityProvider, web *http.Client) Place {
	var doc *oidc.Document
	return Place{IDP: idp, Web: web, Document: func(ctx context.Context) (*oidc.Document, error) {
		if doc != nil {
			return doc, nil
		}
		var err error
		doc, err = oidc.Discover(ctx, web, idp.Issuer.Value)
		return doc, err
	}}
}

// Got are tokens and how they came.
type Got struct {
	Bearer secret.Value // what the provider's REST path takes; empty: the issuer gave no such token
	Tokens oidc.Tokens  // zero for a token that was given
	Client oidc.Client  // who holds them
	How    string       // "by grant device", "cached, 4 min left", "refreshed", "from a file"
	Notes  []string
	Asked  bool // the issuer was asked just now
	// Own says that nobody else has these tokens, so that the caller revokes them.
	Own bool
}

// Get gives a token of the place. Errors are *oidc.Error values where an issuer,
// a file or the cache is the cause, and otherwise what Resolve gives.
func (l *Logins) Get(ctx context.Context, at Place) (Got, error) {
	l.prepare()
	grant := at.IDP.Probe.Grant.Value
	if l.Person == nil && byPerson(grant) {
		return Got{}, errors.New("grant " + grant + " needs a person, and nobody can be asked here")
	}
	if get, ok := l.given()[grant]; ok {
		return l.bear(get(at.IDP.Probe))
	}
	if l.KeepAll && l.Cache != nil || Personal(grant) {
		return l.kept(ctx, at)
	}
	client, err := l.Client(at.IDP.Probe.Client)
	if err != nil {
		return Got{}, err
	}
	tokens, err := l.grant(ctx, at, client)
	if err != nil {
		return Got{}, err
	}
	return l.got(at, Got{Tokens: tokens, Client: client, How: "by grant " + grant, Asked: true, Own: true}), nil
}

// Personal reports a grant that cannot simply be repeated: a person has to agree,
// or the refresh token may serve only once.
func Personal(grant string) bool {
	return grant == "device" || grant == "code" || grant == "refresh"
}

func (l *Logins) prepare() {
	l.once.Do(func() {
		l.piped = sync.OnceValues(func() (secret.Value, error) { return oidc.ReadToken(stdinName, l.Stdin) })
	})
}

// got completes what was got: its bearer, and the mask.
func (l *Logins) got(at Place, g Got) Got {
	g.Bearer = Bearer(at.IDP, g.Tokens)
	l.Mask.Add(g.Tokens.Access, g.Tokens.ID, g.Tokens.Refresh)
	return g
}

// Bearer picks the token that the provider's REST path takes.
func Bearer(idp *spec.IdentityProvider, t oidc.Tokens) secret.Value {
	if idp.Bearer.Token.Value == "id" {
		return t.ID
	}
	return t.Access
}

func (l *Logins) now() time.Time {
	if l.Now != nil {
		return l.Now()
	}
	return time.Now()
}

// Client makes a client of federation.yaml one that can log in.
func (l *Logins) Client(c spec.Client) (oidc.Client, error) {
	out := oidc.Client{ID: c.ID.Value}
	var err error
	switch {
	case c.Key.Given():
		out.Key, err = oidc.LoadSigningKey(l.Local(c.Key.Value))
	case c.Secret.Given():
		out.Secret, err = l.Resolve(c.Secret)
		out.SecretInBody = c.AuthMethod.Value == "client_secret_post"
		l.Mask.Add(out.Secret)
	}
	return out, err
}

// Close withdraws the tokens that were kept in memory alone. It does its best,
// and goes on after an interrupt.
func (l *Logins) Close(ctx context.Context) {
	l.prepare()
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	for _, h := range l.memory.all() {
		if h.record.Grant == "refresh" {
			h.record.Refresh = "" // the description's own
		}
		_ = withdraw(own, h.place, h.client, h.record)
	}
}
