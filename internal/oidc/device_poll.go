package oidc

import (
	"context"
	"net/url"
	"time"

	"github.com/fedstone/fedstone/internal/secret"
)

// slower is what slow_down adds to the interval (RFC 8628 section 3.5).
const slower = 5 * time.Second

// devicePoll asks the token endpoint again and again until the person has
// agreed. x/oauth2's own loop sends the same parameters each time, but a client
// assertion is taken once.
type devicePoll struct {
	asking
	code     secret.Value
	verifier secret.Value
	interval time.Duration
	expires  time.Time
	pause    func(context.Context, time.Duration) error
}

// Wait asks until the person has agreed or refused, the code has expired or ctx
// ends: then the error is an *Error of kind Canceled or Timeout, at once.
func (d *DeviceLogin) Wait(ctx context.Context) (Tokens, error) {
	return d.poll.run(ctx)
}

func (p *devicePoll) run(ctx context.Context) (Tokens, error) {
	for {
		if !time.Now().Add(p.interval).Before(p.expires) {
			return Tokens{}, refusal{grant: grantDevice, code: "expired_token"}.at(p.doc.TokenEndpoint)
		}
		if err := p.pause(ctx, p.interval); err != nil {
			return Tokens{}, TransportError(p.doc.TokenEndpoint, err)
		}
		tokens, err := p.grant(ctx, grantDevice, p.params(), nil)
		if !p.again(ctx, err) {
			return tokens, err
		}
	}
}

func (p *devicePoll) params() url.Values {
	params := url.Values{"device_code": {p.code.Reveal()}}
	if !p.verifier.Empty() {
		params.Set("code_verifier", p.verifier.Reveal())
	}
	return params
}

// again says whether to go on asking, and how much slower: a provider that does
// not answer in time is asked half as often (RFC 8628 section 3.5).
func (p *devicePoll) again(ctx context.Context, err error) bool {
	code := ""
	if e, ok := err.(*Error); ok {
		code = e.Code
	}
	switch {
	case err == nil:
		return false
	case code == "authorization_pending":
		return true
	case code == "slow_down":
		p.interval += slower
		return true
	case KindOf(err) == Timeout && ctx.Err() == nil:
		p.interval *= 2
		return true
	default:
		return false
	}
}

// pause waits, or ends at once with ctx.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
