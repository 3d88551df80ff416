package login_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

func requestProofs() map[string]proof {
	return map[string]proof{
		"pkce-off":               asksFor("code_challenge_method", "plain", "S256"),
		"pkce-not-set":           asksFor("code_challenge_method", "", "S256"),
		"response-type-implicit": asksFor("response_type", "id_token", "code"),
		"request-prompt-none":    noLoginPage,
		"scope-without-openid":   loginEnds(200, callback, "Error"),
	}
}

// asksFor shows a parameter of the request to the issuer with both configurations.
func asksFor(parameter, fires, silent string) proof {
	return func(t *testing.T, firing, mended string) {
		for fixture, want := range map[string]string{firing: fires, mended: silent} {
			got, to, _ := begins(t, fixture)
			if got.Status != 302 || "https://"+to.Host != op1 || parameterOf(to, parameter) != want {
				t.Errorf("%s: %d, %s=%s at %s, want %s", fixture, got.Status, parameter, parameterOf(to, parameter), to.Host, want)
			}
		}
	}
}

func parameterOf(u *url.URL, name string) string { return u.Query().Get(name) }

// noLoginPage: a real issuer sends the browser back at once, and with the mend it
// shows its login form.
func noLoginPage(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: false, silent: true} {
		got, trace := prove.Start(t, fixture, prove.RealIssuer(op1)).Login(t, websso, op1, "bob")
		if shown := strings.Contains(trace.String(), "POST "+op1); shown != want || !shown && got.Env != nil {
			t.Errorf("%s: %d, a login form: %v, want %v\n%s", fixture, got.Status, shown, want, trace)
		}
	}
}
