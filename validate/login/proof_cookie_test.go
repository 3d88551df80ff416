package login_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

func cookieProofs() map[string]proof {
	return map[string]proof{
		"cookie-path-not-above-redirect": stateLost,
		"cookie-name-per-location":       roundAndRound,
		"cookie-readable-by-scripts":     cookieHas(func(c *http.Cookie) bool { return !c.HttpOnly }),
		"cookie-domain-wide":             cookieHas(func(c *http.Cookie) bool { return strings.TrimPrefix(c.Domain, ".") == "example.org" }),
		"form-post-same-site":            postWithoutCookie,
		"same-site-value-unknown":        refusesToStart("OIDCCookieSameSite must be On or Off"),
		"redirect-urls-unanchored":       leadsAway("https://elsewhere.example.net/?https://dashboard.example.org/"),
		"redirect-urls-host-open":        leadsAway("https://dashboard.example.org.example.net/"),
	}
}

// cookieHas: the cookie of a login's state is as the rule says, and with the mend it
// is not.
func cookieHas(what func(*http.Cookie) bool) proof {
	return func(t *testing.T, fires, silent string) {
		for fixture, want := range map[string]bool{fires: true, silent: false} {
			got, _, cookies := begins(t, fixture)
			if len(cookies) != 1 || what(cookies[0]) != want {
				t.Errorf("%s: %q, want one cookie that is so: %v", fixture, got.Header["Set-Cookie"], want)
			}
		}
	}
}

// roundAndRound: the browser comes to the issuer again and again.
func roundAndRound(t *testing.T, fires, silent string) {
	got, trace := prove.Start(t, fires).Login(t, websso, op1, "bob")
	if got.Env != nil || strings.Count(trace.String(), "POST "+op1) < 3 {
		t.Errorf("%d, want a circle\n%s", got.Status, trace)
	}
	comesThrough(t, silent)
}

// postWithoutCookie: the issuer is asked for a post, with which browsers send no
// cookie that is not SameSite=None.
func postWithoutCookie(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: true, silent: false} {
		got, to, cookies := begins(t, fixture)
		kept := len(cookies) == 1 && cookies[0].SameSite != http.SameSiteNoneMode
		if posts := to.Query().Get("response_mode") == "form_post"; (posts && kept) != want {
			t.Errorf("%s: asked for a post: %v; %q; want %v", fixture, posts, got.Header["Set-Cookie"], want)
		}
	}
}

// leadsAway: a logout sends the browser to a host that nobody meant.
func leadsAway(to string) proof {
	return func(t *testing.T, fires, silent string) {
		ask := browser(callback + "?logout=" + strings.NewReplacer(":", "%3A", "/", "%2F", "?", "%3F").Replace(to))
		for fixture, want := range map[string]string{fires: to, silent: ""} {
			if got := prove.Start(t, fixture).Ask(t, ask).Header.Get("Location"); got != want {
				t.Errorf("%s: sent to %q, want %q", fixture, got, want)
			}
		}
	}
}

// refusesToStart: httpd refuses the configuration and says why.
func refusesToStart(why string) proof {
	return func(t *testing.T, fires, silent string) {
		if got := prove.Refuses(t, fires); got.TOk || !strings.Contains(got.Said, why) {
			t.Errorf("-t took it: %v, want a refusal with %q\n%s", got.TOk, why, got.Said)
		}
		comesThrough(t, silent)
	}
}
