package session_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fedstone/fedstone/validate/prove"
)

// tokens is what the token endpoint of a test answers with; nil leaves it to the issuer.
type tokens struct {
	answer atomic.Pointer[map[string]any]
}

func (o *tokens) instead(w http.ResponseWriter, r *http.Request) bool {
	answer := o.answer.Load()
	if answer == nil || !strings.HasSuffix(r.URL.Path, "/token") {
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(*answer) // a client that has gone away needs none
	return true
}

// comeBack begins a login and comes back from the issuer with a code, for which the issuer gives the tokens of a
// usual login and a refresh token. It gives the answer of the redirect URI and the one behind it.
func comeBack(t *testing.T, fixture string) (back, after prove.Answer) {
	t.Helper()
	var endpoint tokens
	s := prove.Start(t, fixture, prove.WithIssuers(prove.Issuers{Instead: endpoint.instead}))
	begin := s.Ask(t, prove.Ask{Path: websso})
	asked, err := url.Parse(begin.Header.Get("Location"))
	if err != nil || begin.Status != http.StatusFound {
		t.Fatalf("no way to the issuer: %d %v", begin.Status, err)
	}
	idToken := s.Token(t, op1, prove.Claims{"aud": "keystone", "azp": nil, "nonce": asked.Query().Get("nonce"), "sub": "user-alice"})
	endpoint.answer.Store(&map[string]any{"token_type": "Bearer", "expires_in": 300, "access_token": s.Token(t, op1), "id_token": idToken, "refresh_token": "of-this-test"})
	query := url.Values{"code": {"of-this-test"}, "state": {asked.Query().Get("state")}}
	back = s.Ask(t, prove.Ask{Path: callback + "?" + query.Encode(), Header: map[string]string{"Cookie": cookiesOf(begin)}})
	return back, visit(t, s, cookiesOf(back))
}

// cookiesOf gives the cookies that an answer sets, as a browser sends them.
func cookiesOf(a prove.Answer) string {
	var out []string
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		out = append(out, c.Name+"="+c.Value)
	}
	return strings.Join(out, "; ")
}

func refreshTokenPassed(t *testing.T, fires, silent string) {
	_, a := comeBack(t, fires)
	_, b := comeBack(t, silent)
	wantStatus(t, "behind the login", a, b, 200, 200)
	if a.Env["OIDC_refresh_token"] == "" || b.Env["OIDC_refresh_token"] != "" {
		t.Errorf("the application gets %v and %v, want the refresh token and not", a.Names("OIDC_"), b.Names("OIDC_"))
	}
}

// sessionOutlivesBrowser: a cookie with an end date is kept on the disk (RFC 6265, section 5.3).
func sessionOutlivesBrowser(t *testing.T, fires, silent string) {
	dated := func(fixture string) bool {
		back, after := comeBack(t, fixture)
		if after.Status != http.StatusOK {
			t.Fatalf("no login: %d", after.Status)
		}
		for _, c := range (&http.Response{Header: back.Header}).Cookies() {
			if c.Name == "mod_auth_openidc_session" {
				return c.Expires.After(time.Now())
			}
		}
		t.Fatalf("no session in %q", back.Header["Set-Cookie"])
		return false
	}
	if a, b := dated(fires), dated(silent); !a || b {
		t.Errorf("the session's cookie has an end date: %t and %t, want true and false", a, b)
	}
}

// sessionLong: the end of a session, as the module tells it.
func sessionLong(t *testing.T, fires, silent string) {
	lasts := func(fixture string) int64 {
		s := prove.Start(t, fixture, prove.Replace("OIDCScope", "OIDCInfoHook iat exp\n    OIDCScope"))
		answer := s.Ask(t, prove.Ask{Path: callback + "?info=json", Header: map[string]string{"Cookie": loggedIn(t, s)}})
		var told struct{ Iat, Exp int64 }
		if err := json.Unmarshal([]byte(answer.Body), &told); err != nil || told.Iat == 0 {
			t.Fatalf("%v: %d %s", err, answer.Status, answer.Body)
		}
		return told.Exp - told.Iat
	}
	const day = 24 * 60 * 60
	if a, b := lasts(fires), lasts(silent); a <= day || b > day {
		t.Errorf("sessions of %d and %d seconds, want more than a day and less", a, b)
	}
}

// issuerTimeoutEndless: an issuer that takes three seconds, where the mend's limit is one.
func issuerTimeoutEndless(t *testing.T, fires, silent string) {
	slow := prove.WithIssuers(prove.Issuers{Instead: func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/token") {
			time.Sleep(3 * time.Second)
		}
		return false
	}})
	short := prove.Replace("OIDCHTTPTimeoutLong 20", "OIDCHTTPTimeoutLong 1")
	a, b := login(t, prove.Start(t, fires, slow, short)), login(t, prove.Start(t, silent, slow, short))
	if a.Env == nil || b.Env != nil {
		t.Errorf("a slow issuer: %d and %d, want a login and none", a.Status, b.Status)
	}
}
