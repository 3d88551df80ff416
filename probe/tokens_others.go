package probe

import (
	"context"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// other is a token of the issuer that must be refused: of another client, or one
// that the description names.
type other struct {
	kind   string
	name   string
	client oidc.Client // zero for a token of a file, which is not revoked
	token  secret.Value
	ready  time.Time // not used before
	fault  error     // why there is none: nothing is proven then
}

// foreign gives the token of another client; nil where there is none.
func (v *visit) foreign() *other {
	for _, o := range v.others {
		if o.kind == KindForeign && o.fault == nil {
			return o
		}
	}
	return nil
}

// gather gets the tokens that must be refused.
func (v *visit) gather(ctx context.Context) {
	p := v.idp.Probe
	if p == nil {
		return
	}
	if p.Foreign != nil {
		v.gatherOne(ctx, other{kind: KindForeign, name: v.found.ID + "/foreign"}, spec.Refused{Client: *p.Foreign})
	}
	for _, r := range p.Refused {
		v.gatherOne(ctx, other{kind: KindRefused, name: v.found.ID + "/" + r.Name.Value}, r)
	}
}

func (v *visit) gatherOne(ctx context.Context, o other, r spec.Refused) {
	if ctx.Err() != nil || v.doc == nil && !r.TokenFile.Given() {
		return
	}
	if r.TokenFile.Given() {
		o.token, o.fault = oidc.TokenFile(v.opts.Local(r.TokenFile.Value))
	} else {
		o.client, o.token, o.fault = v.tokenOf(ctx, r.Client)
	}
	v.opts.Mask.Add(o.token)
	o.ready = time.Now().Add(r.Wait())
	v.others = append(v.others, &o)
}

// tokenOf logs in as a client; the token is of the kind that the REST path takes.
func (v *visit) tokenOf(ctx context.Context, c spec.Client) (oidc.Client, secret.Value, error) {
	client, err := v.clientOf(c)
	if err != nil {
		return client, secret.Value{}, err
	}
	own, cancel := finishing(ctx)
	defer cancel()
	tokens, err := oidc.ClientCredentials(own, v.web, v.doc, client, texts(v.idp.Probe.Scopes))
	v.opts.Mask.Add(tokens.Access, tokens.ID)
	if id := v.bearerOf(tokens); !id.Empty() {
		return client, id, err
	}
	return client, tokens.Access, err
}

// withdrawOthers revokes what gather got by a login.
func (v *visit) withdrawOthers(ctx context.Context) {
	for _, o := range v.others {
		if o.client.ID != "" {
			_ = oidc.Revoke(ctx, v.web, v.doc, o.client, o.token)
		}
	}
}

// wait pauses until the token may be used; false: the run ended before.
func (o *other) wait(ctx context.Context) bool {
	if o == nil {
		return true
	}
	timer := time.NewTimer(time.Until(o.ready))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
