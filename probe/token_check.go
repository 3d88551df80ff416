package probe

import (
	"context"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
)

// tokenCheck judges the token as httpd has to. The exchange is tried all the
// same, since httpd has the last word; it is then known what was wrong.
func tokenCheck(_ context.Context, v *visit) outcome {
	report := oidc.CheckToken(v.token.Reveal(), v.keys, v.expect())
	o := outcome{verdict: Pass, notes: report.Notes}
	var causes, mends []string
	for _, f := range report.Failed() {
		causes = append(causes, fmt.Sprintf("%s: %s; expected %s", f.Name, f.Seen, f.Expected))
		mends = append(mends, f.Mend)
	}
	if !report.OK() {
		o.verdict, o.cause, o.mend = Fail, strings.Join(causes, " | "), strings.Join(mends, " | ")
		v.problem, v.mend = o.cause, o.mend
	}
	return o
}

// expect: an ID token is for the relying party; an access token for Keystone's
// audience, held by one of the clients.
func (v *visit) expect() oidc.Expect {
	bearer := v.idp.Bearer
	want := oidc.Expect{Issuer: v.idp.Issuer.Value, Now: v.now()}
	if bearer.Token.Value == "id" {
		want.Audience = v.idp.Client.ID.Value
		return want
	}
	want.Audience, want.Clients, want.ClientClaim = bearer.Audience.Value, texts(bearer.Clients), bearer.ClientClaim.Value
	return want
}
