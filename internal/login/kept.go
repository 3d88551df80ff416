package login

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
)

// store keeps records by name. The note says in words for a person why nothing
// was found where something lies.
type store interface {
	Lock(ctx context.Context, name string, waiting func()) (unlock func(), err error)
	load(name string) (r record, note string, err error)
	save(name string, h held) error
}

// held is a record with what is needed to withdraw its tokens.
type held struct {
	record record
	place  Place
	client oidc.Client
}

// kept gives the tokens that are kept, renews them, or logs in and keeps what
// that brought. The lock is not taken to read: records are replaced whole.
func (l *Logins) kept(ctx context.Context, at Place) (Got, error) {
	keep, name := l.store(), Name(at)
	if r, _, err := keep.load(name); err == nil && r.fits(at) && r.good(at, l.now()) {
		return l.cached(at, r), nil
	}
	unlock, err := keep.Lock(ctx, name, func() {
		l.Person.Tell("another process logs in at " + at.IDP.Issuer.Value + " already; waiting for it")
	})
	if err != nil {
		return Got{}, err
	}
	defer unlock()
	r, note, err := keep.load(name)
	switch {
	case err != nil:
		return Got{}, err
	case r.fits(at) && r.good(at, l.now()): // somebody was faster
		return l.cached(at, r), nil
	case !r.fits(at):
		r = record{}
	}
	got, err := l.renew(ctx, at, r)
	if note != "" {
		got.Notes = append(got.Notes, note)
	}
	return got, err
}

func (l *Logins) store() store {
	if l.Cache != nil {
		return l.Cache
	}
	return &l.memory
}

func (l *Logins) cached(at Place, r record) Got {
	how := "cached, " + left(r.Expiry.Sub(l.now())) + " left"
	return l.got(at, Got{Tokens: r.tokens(), Client: oidc.Client{ID: r.Client}, How: how})
}

// left is a time for a person: no more of it than matters.
func left(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	default:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
}

// renew gets new tokens: by the kept refresh token, or by a login.
func (l *Logins) renew(ctx context.Context, at Place, old record) (Got, error) {
	client, err := l.Client(at.IDP.Probe.Client)
	if err != nil {
		return Got{}, err
	}
	var notes []string
	if old.Refresh != "" {
		got, err := l.refresh(ctx, at, client, old)
		if err == nil && !got.Bearer.Empty() || err != nil && !refused(err) {
			return got, err
		}
		notes = append(notes, "the kept refresh token serves no more"+because(err)+": a new login")
	}
	tokens, err := l.grant(ctx, at, client)
	if err != nil {
		return Got{}, err
	}
	got, err := l.keep(at, client, tokens, "by grant "+at.IDP.Probe.Grant.Value)
	got.Notes = append(notes, got.Notes...)
	return got, err
}

func (l *Logins) refresh(ctx context.Context, at Place, client oidc.Client, old record) (Got, error) {
	doc, err := at.Document(ctx)
	if err != nil {
		return Got{}, err
	}
	refresh := old.tokens().Refresh
	l.Mask.Add(refresh)
	own, cancel := finishing(ctx)
	defer cancel()
	tokens, err := oidc.Refresh(own, at.Web, doc, client, refresh, nil)
	if err != nil {
		return Got{}, err
	}
	return l.keep(at, client, tokens, "refreshed")
}

// keep stores tokens before anything else is done with them.
func (l *Logins) keep(at Place, client oidc.Client, tokens oidc.Tokens, how string) (Got, error) {
	got := l.got(at, Got{Tokens: tokens, Client: client, How: how, Asked: true})
	return got, l.store().save(Name(at), held{recordOf(at, tokens), at, client})
}

func refused(err error) bool { return oidc.KindOf(err) == oidc.GrantRefused }

func because(err error) string {
	var e *oidc.Error
	if !errors.As(err, &e) {
		return ""
	}
	return " (" + e.Got + ")"
}
