package probe

import (
	"context"
	"fmt"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// token takes the token it was given, or logs in as federation.yaml says.
func token(ctx context.Context, v *visit) outcome {
	given, ok := v.opts.Tokens[v.found.ID]
	switch {
	case ok:
		return v.bear(given, "given on the command line")
	case v.idp.Probe == nil:
		return failed(keystone.Answer{}, "the description does not say how to log in here",
			fmt.Sprintf("add `probe: {grant: client_credentials, client: {id: …, secret: {env: …}}}` to identity_providers.%s, or give --token %s=FILE", v.found.ID, v.found.ID))
	case !v.facts[haveDocument] && !comesAsFile(v.idp.Probe):
		return skipped("needs " + string(haveDocument))
	}
	return v.login(ctx)
}

// comesAsFile reports a login that asks the issuer nothing.
func comesAsFile(p *spec.Probe) bool {
	return p.Grant.Value == "file" || p.Grant.Value == "stdin" || p.Grant.Value == "exec"
}

func (v *visit) login(ctx context.Context) outcome {
	got, err := v.logins().Get(ctx, login.Place{IDP: v.idp, Web: v.web, Document: v.document})
	if err != nil {
		return issuerFailed(err)
	}
	return v.loggedIn(got)
}

// loggedIn takes what a login has brought.
func (v *visit) loggedIn(got login.Got) outcome {
	v.client, v.got, v.own = got.Client, got.Tokens, got.Own
	if got.Bearer.Empty() {
		return failed(keystone.Answer{Status: 200, AnsweredBy: keystone.ByIDP}, "the provider gave no ID token, which `bearer: {token: id}` asks for",
			"add openid to `probe: {scopes: […]}` and log in with a grant behind which a person stands, or take access tokens: `bearer: {token: access}`")
	}
	o := v.bear(got.Bearer, append([]string{got.How}, got.Notes...)...)
	if got.Asked {
		o.status, o.by = 200, keystone.ByIDP
	}
	return o
}

// waits reports a step that takes as long as a person does.
func (v *visit) waits(s step) bool {
	return s.name == "token" && v.idp.Probe != nil && (v.idp.Probe.Grant.Value == "device" || v.idp.Probe.Grant.Value == "code")
}

// logins are the caller's; without them nothing is kept and no person is asked.
func (v *visit) logins() *login.Logins {
	if v.opts.Logins != nil {
		return v.opts.Logins
	}
	return &login.Logins{Resolve: v.opts.Resolve, Local: v.opts.Local, Mask: v.opts.Mask, Now: v.opts.Now}
}

// document gives the issuer's document, which the step discovery has mostly got.
func (v *visit) document(ctx context.Context) (*oidc.Document, error) {
	if v.doc != nil {
		return v.doc, nil
	}
	doc, err := oidc.Discover(ctx, v.web, v.idp.Issuer.Value)
	if err == nil {
		v.doc = doc
	}
	return doc, err
}

func (v *visit) bear(token secret.Value, how ...string) outcome {
	v.opts.Mask.Add(token)
	v.token, v.facts[haveToken] = token, true
	return outcome{verdict: Pass, notes: how}
}

func (v *visit) bearerOf(t oidc.Tokens) secret.Value { return login.Bearer(v.idp, t) }

func (v *visit) clientOf(c spec.Client) (oidc.Client, error) { return v.logins().Client(c) }

func texts(list []spec.Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return out
}
