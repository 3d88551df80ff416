package probe

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// tokenCheck judges the token as httpd has to. The exchange is tried all the
// same, since httpd has the last word; it is then known what was wrong.
func tokenCheck(ctx context.Context, v *visit) outcome {
	if v.idp.Bearer.Verify.Value == spec.VerifyByIntrospection && strings.Count(v.token.Reveal(), ".") != 2 {
		return outcome{verdict: Pass, notes: []string{"the token is opaque: what it says is known to its issuer alone, whom httpd asks"}}
	}
	report := oidc.CheckToken(v.token.Reveal(), v.keys, v.expect())
	v.found.Seen.TokenExpires = expiry(v.token)
	v.checked = symptom.TokenOf(v.token.Reveal(), report)
	if report.OK() {
		return outcome{verdict: Pass, notes: report.Notes}
	}
	o := v.explain(ctx, "token-check", keystone.Answer{})
	o.notes = append(o.notes, report.Notes...)
	return o
}

// expiry gives a token's exp; zero where it has none that can be read.
func expiry(token secret.Value) time.Time {
	parsed, err := oidc.ParseToken(token.Reveal())
	if err != nil {
		return time.Time{}
	}
	var exp float64
	if json.Unmarshal(parsed.Claims["exp"], &exp) != nil {
		return time.Time{}
	}
	return time.Unix(int64(exp), 0)
}

// expect: an ID token is for one of the clients, as httpd requires it; an access
// token for Keystone's audience, held by one of them.
func (v *visit) expect() oidc.Expect {
	bearer := v.idp.Bearer
	want := oidc.Expect{Issuer: v.idp.Issuer.Value, Now: v.now()}
	if bearer.Token.Value == "id" {
		want.Audience = v.ownClient()
		return want
	}
	want.Audience, want.Clients, want.ClientClaim = bearer.Audience.Value, texts(bearer.Clients), bearer.ClientClaim.Value
	return want
}

// ownClient is the one of bearer.clients that an ID token of probe's own is for: its
// aud is the client that it was given to (OpenID Connect Core 1.0, section 2).
func (v *visit) ownClient() string {
	clients := texts(v.idp.Bearer.Clients)
	if p := v.idp.Probe; p != nil && slices.Contains(clients, p.Client.ID.Value) {
		return p.Client.ID.Value
	}
	return cmp.Or(append(clients, v.idp.Client.ID.Value)...)
}
