package probe

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
)

// reach asks Keystone for its version, and the issuer's host for anything: each
// needs a name that resolves, a port that answers and a certificate that holds.
func reach(ctx context.Context, v *visit) outcome {
	var there, idp wire
	version, err := keystone.Ask(there.watch(ctx), v.web, keystone.Request{Method: http.MethodGet, URL: v.url + "/v3"})
	if err != nil {
		return v.unreachable(v.url, err)
	}
	issuer, err := v.touchIssuer(idp.watch(ctx))
	v.facts[keystoneUp], v.facts[issuerUp] = true, err == nil
	v.heard.version = version
	switch {
	case version.AnsweredBy != keystone.ByItself && !isVersion(version):
		return v.explain(ctx, "reach", version)
	case err != nil:
		return v.unreachable(v.issuerPlace(), err)
	}
	o := passed(version, skews(v.now(), map[string]http.Header{"Keystone": version.Header, "the issuer": issuer.Header})...)
	o.notes = append(append(o.notes, there.notes("Keystone", v.url, v.now())...), idp.notes("the issuer", v.issuerPlace(), v.now())...)
	return o
}

// touchIssuer asks the issuer's host for anything.
func (v *visit) touchIssuer(ctx context.Context) (keystone.Answer, error) {
	at := v.issuerAsked(ctx)
	if at == "" {
		return keystone.Answer{}, nil
	}
	return keystone.Ask(ctx, v.web, keystone.Request{Method: http.MethodHead, URL: at})
}

// isVersion reports whether an answer is what Keystone says of its version
// (identity API, GET /v3): whoever else answers 200 there is not Keystone.
func isVersion(a keystone.Answer) bool {
	var body struct {
		Version struct{ ID string }
	}
	return a.Status == http.StatusOK && json.Unmarshal(a.Body, &body) == nil && body.Version.ID != ""
}

// tolerated is how far clocks may be apart without a word: the Date header has
// seconds, and an answer takes some.
const tolerated = 30 * time.Second

// skews compares this machine's clock with the Date headers.
func skews(now time.Time, headers map[string]http.Header) []string {
	var notes []string
	for _, who := range []string{"Keystone", "the issuer"} {
		at, err := http.ParseTime(headers[who].Get("Date"))
		if err != nil {
			continue
		}
		if d := now.Sub(at).Round(time.Second); d > tolerated || d < -tolerated {
			notes = append(notes, fmt.Sprintf("this machine's clock and that of %s are %s apart: exp, nbf and iat are judged by different times", who, d.Abs()))
		}
	}
	return notes
}
