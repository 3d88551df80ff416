package login_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

func stateProofs() map[string]proof {
	return map[string]proof{
		"state-cookies-unlimited": manyLogins(40, 400),
		"state-cookies-full":      manyLogins(8, 503),
		"state-bound-to-address":  anotherAddress,
		"default-url-missing":     answers(browser(callback+"?code=x&state=y"), 400, 302),
	}
}

// manyLogins: a browser that has begun so many logins is refused the next one, and
// with the mend none.
func manyLogins(n, status int) proof {
	return func(t *testing.T, fires, silent string) {
		for fixture, want := range map[string]int{fires: status, silent: 302} {
			if got := begun(t, prove.Start(t, fixture), n); got != want {
				t.Errorf("%s: %d after %d logins, want %d", fixture, got, n, want)
			}
		}
	}
}

// begun begins logins with all cookies that there are so far, and gives the first
// status that is not 302, or the last one.
func begun(t *testing.T, site *prove.Site, n int) int {
	jar := map[string]string{}
	for range n {
		ask := browser(websso)
		ask.Header["Cookie"] = cookies(jar)
		got := site.Ask(t, ask)
		if got.Status != 302 {
			return got.Status
		}
		for _, c := range (&http.Response{Header: got.Header}).Cookies() {
			if jar[c.Name] = c.Value; c.Value == "" {
				delete(jar, c.Name)
			}
		}
	}
	return 302
}

func cookies(jar map[string]string) string {
	var all []string
	for name, value := range jar {
		all = append(all, name+"="+value)
	}
	return strings.Join(all, "; ")
}

// anotherAddress: the issuer's answer comes by another address than the login began
// with. What is let through fails later, for want of a real code.
func anotherAddress(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: true, silent: false} {
		site := prove.Start(t, fixture)
		if same := comesBack(t, site, "192.0.2.1"); same == 302 {
			t.Errorf("%s: refused from the same address", fixture)
		}
		if got := comesBack(t, site, "192.0.2.2"); (got == 302) != want {
			t.Errorf("%s: %d from another address, want a redirect to OIDCDefaultURL: %v", fixture, got, want)
		}
	}
}

// comesBack begins a login from one address and answers it from another.
func comesBack(t *testing.T, site *prove.Site, address string) int {
	ask := browser(websso)
	ask.Header["X-Forwarded-For"] = "192.0.2.1"
	got := site.Ask(t, ask)
	jar := map[string]string{}
	for _, c := range (&http.Response{Header: got.Header}).Cookies() {
		jar[c.Name] = c.Value
	}
	_, state, _ := strings.Cut(got.Header.Get("Location"), "&state=")
	state, _, _ = strings.Cut(state, "&")
	back := browser(callback + "?code=none&state=" + state)
	back.Header["X-Forwarded-For"], back.Header["Cookie"] = address, cookies(jar)
	return site.Ask(t, back).Status
}
