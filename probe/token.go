package probe

import (
	"context"
	"fmt"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// token takes the token it was given, or logs in as federation.yaml says.
func token(ctx context.Context, v *visit) outcome {
	given, ok := v.opts.Tokens[v.found.ID]
	how := v.idp.Probe
	switch {
	case ok:
		return v.bear(given, "given on the command line")
	case how == nil:
		return failed(keystone.Answer{}, "the description does not say how to log in here",
			fmt.Sprintf("add `probe: {grant: client_credentials, client: {id: …, secret: {env: …}}}` to identity_providers.%s, or give --token %s=FILE", v.found.ID, v.found.ID))
	case how.Grant.Value == "file":
		return v.fromFile(how.TokenFile.Value)
	case !v.facts[haveDocument]:
		return skipped("needs " + string(haveDocument))
	}
	return v.login(ctx, how)
}

func (v *visit) fromFile(path string) outcome {
	given, err := oidc.TokenFile(v.opts.Local(path))
	if err != nil {
		return issuerFailed(err)
	}
	return v.bear(given, "from a file")
}

func (v *visit) login(ctx context.Context, how *spec.Probe) outcome {
	client, err := v.clientOf(how.Client)
	if err != nil {
		return failed(keystone.Answer{AnsweredBy: keystone.ByNobody}, err.Error(), "give the secret where the description says it is")
	}
	own, cancel := finishing(ctx)
	defer cancel()
	tokens, err := v.grant(own, how, client)
	if err != nil {
		return issuerFailed(err)
	}
	v.opts.Mask.Add(tokens.Access, tokens.ID)
	v.client, v.own = client, true
	bearer := v.bearerOf(tokens)
	if bearer.Empty() {
		return failed(keystone.Answer{Status: 200, AnsweredBy: keystone.ByIDP}, "the provider gave no ID token, which `bearer: {token: id}` asks for",
			"add openid to `probe: {scopes: […]}` and log in with grant password, or take access tokens: `bearer: {token: access}`")
	}
	o := v.bear(bearer, "by grant "+how.Grant.Value)
	o.status, o.by = 200, keystone.ByIDP
	return o
}

func (v *visit) grant(ctx context.Context, how *spec.Probe, client oidc.Client) (oidc.Tokens, error) {
	scopes := texts(how.Scopes)
	if how.Grant.Value != "password" {
		return oidc.ClientCredentials(ctx, v.web, v.doc, client, scopes)
	}
	password, err := v.opts.Resolve(how.Password)
	if err != nil {
		return oidc.Tokens{}, err
	}
	v.opts.Mask.Add(password)
	return oidc.Password(ctx, v.web, v.doc, client, how.Username.Value, password, scopes)
}

// bearerOf picks the token that this provider's REST path takes.
func (v *visit) bearerOf(t oidc.Tokens) secret.Value {
	if v.idp.Bearer.Token.Value == "id" {
		return t.ID
	}
	return t.Access
}

func (v *visit) bear(token secret.Value, how string) outcome {
	v.opts.Mask.Add(token)
	v.token, v.facts[haveToken] = token, true
	return outcome{verdict: Pass, notes: []string{how}}
}

func (v *visit) clientOf(c spec.Client) (oidc.Client, error) {
	out := oidc.Client{ID: c.ID.Value}
	if !c.Secret.Given() {
		return out, nil
	}
	var err error
	out.Secret, err = v.opts.Resolve(c.Secret)
	v.opts.Mask.Add(out.Secret)
	return out, err
}

func texts(list []spec.Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return out
}
