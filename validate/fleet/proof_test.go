package fleet_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	op1, op2 = "https://op1.example.org", "https://op2.example.org"
	auth     = "/v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth"
	websso   = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso"
)

// TestProof shows on the real programs what the rules promise: with the controllers about which a rule speaks, and
// not with its mend.
func TestProof(t *testing.T) {
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"passphrase-differs":    passphraseDiffers,
		"session-cache-local":   sessionCacheLocal,
		"redirect-uri-differs":  redirectURIDiffers,
		"client-differs":        clientDiffers,
		"metadata-differs":      metadataDiffers,
		"vhost-missing":         vhostMissing,
		"doors-differ":          doorsDiffer,
		"requirements-differ":   requirementsDiffer,
		"keystone-conf-differs": keystoneConfDiffers,
		"directives-differ":     directivesDiffer,
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", slug)
			proof(t, filepath.Join(dir, "fires"), filepath.Join(dir, "silent"))
		})
	}
}

// start runs a controller.
func start(t *testing.T, fleet, machine string, options ...prove.Option) *prove.Site {
	t.Helper()
	return prove.Start(t, filepath.Join(fleet, machine), options...)
}

// wantStatus compares the statuses of both fleets.
func wantStatus(t *testing.T, what string, fires, silent prove.Answer, wantFires, wantSilent int) {
	t.Helper()
	if fires.Status != wantFires || silent.Status != wantSilent {
		t.Errorf("%s: %d where it fires, %d where it is silent, want %d and %d\n%s", what, fires.Status, silent.Status, wantFires, wantSilent, fires.Body+silent.Body)
	}
}

// begun asks a controller for the way to the issuer, and gives the state and the cookies of the login.
func begun(t *testing.T, s *prove.Site, path string) (location, cookies string) {
	t.Helper()
	answer := s.Ask(t, prove.Ask{Path: path})
	if answer.Status != http.StatusFound {
		t.Fatalf("no way to the issuer: %d\n%s", answer.Status, answer.Body)
	}
	var all []string
	for _, c := range (&http.Response{Header: answer.Header}).Cookies() {
		all = append(all, c.Name+"="+c.Value)
	}
	return answer.Header.Get("Location"), strings.Join(all, "; ")
}

// elsewhere logs alice in at one controller and asks another one with her cookies.
func elsewhere(t *testing.T, fleet, first, second string) prove.Answer {
	t.Helper()
	answer, trace := start(t, fleet, first).Login(t, websso, op1, "alice")
	if answer.Status != http.StatusOK {
		t.Fatalf("no login: %d\n%s", answer.Status, trace)
	}
	return start(t, fleet, second).Ask(t, prove.Ask{Path: websso, Header: map[string]string{"Cookie": answer.Env["HTTP_COOKIE"]}})
}

func passphraseDiffers(t *testing.T, fires, silent string) {
	wantStatus(t, "a session at the next controller", elsewhere(t, fires, "ctl1", "ctl3"), elsewhere(t, silent, "ctl1", "ctl3"), 302, 200)
	if got := elsewhere(t, fires, "ctl1", "ctl2"); got.Status != http.StatusOK {
		t.Errorf("a session at the controller that is alike: %d, want 200", got.Status)
	}
}

func sessionCacheLocal(t *testing.T, fires, silent string) {
	wantStatus(t, "a session at the next controller", elsewhere(t, fires, "ctl1", "ctl2"), elsewhere(t, silent, "ctl1", "ctl2"), 302, 200)
}

// redirectURIDiffers: the browser comes back to a controller that does not know the address that another one gave.
func redirectURIDiffers(t *testing.T, fires, silent string) {
	back := func(fleet string) prove.Answer {
		location, cookies := begun(t, start(t, fleet, "ctl3"), websso)
		asked, err := url.Parse(location)
		if err != nil {
			t.Fatal(err)
		}
		to, err := url.Parse(asked.Query().Get("redirect_uri"))
		if err != nil {
			t.Fatal(err)
		}
		return start(t, fleet, "ctl1").Ask(t, prove.Ask{Path: to.Path + "?error=access_denied&state=none", Header: map[string]string{"Cookie": cookies}})
	}
	a, b := back(fires), back(silent)
	if a.Env == nil || b.Env != nil {
		t.Errorf("the way back is answered with %d and %d, want by Keystone, which knows no such path, and by the module", a.Status, b.Status)
	}
}

// clientDiffers: the secrets that the issuer gets.
func clientDiffers(t *testing.T, fires, silent string) {
	sent := func(fleet, machine string) string {
		secrets := make(chan string, 1)
		s := start(t, fleet, machine, prove.WithIssuers(prove.Issuers{Instead: func(_ http.ResponseWriter, r *http.Request) bool {
			if _, secret, ok := r.BasicAuth(); ok {
				secrets <- secret
			}
			return false
		}}))
		if answer, trace := s.Login(t, websso, op1, "alice"); answer.Status != http.StatusOK {
			t.Fatalf("no login: %d\n%s", answer.Status, trace)
		}
		select {
		case secret := <-secrets:
			return secret
		default:
			t.Fatal("the issuer got no secret")
			return ""
		}
	}
	if sent(fires, "ctl1") == sent(fires, "ctl2") || sent(silent, "ctl1") != sent(silent, "ctl2") {
		t.Error("want the issuer to get two secrets where it fires, and one where it is silent")
	}
}

// metadataDiffers: where each controller sends a browser.
func metadataDiffers(t *testing.T, fires, silent string) {
	sent := func(fleet, machine string) string {
		s := start(t, fleet, machine)
		first, cookies := begun(t, s, strings.Replace(websso, "op1", "op2", 1))
		_, query, _ := strings.Cut(first, "?")
		to := s.Ask(t, prove.Ask{Path: "/v3/OS-FEDERATION/redirect_uri?" + query, Header: map[string]string{"Cookie": cookies}}).Header.Get("Location")
		address, _, _ := strings.Cut(to, "?")
		return address
	}
	if a, b := sent(fires, "ctl1"), sent(fires, "ctl2"); a != op2+"/authorize" || b != op2+"/auth/authorize" {
		t.Errorf("where it fires, browsers are sent to %q and %q, want two addresses of op2", a, b)
	}
	if a, b := sent(silent, "ctl1"), sent(silent, "ctl2"); a != op2+"/authorize" || b != a {
		t.Errorf("where it is silent, browsers are sent to %q and %q, want one address of op2", a, b)
	}
}

func vhostMissing(t *testing.T, fires, silent string) {
	ask := func(fleet string) prove.Answer {
		s := start(t, fleet, "ctl3")
		return s.Ask(t, prove.Ask{Method: http.MethodPost, Path: auth, Host: "keystone2.example.org:5000", Bearer: s.Token(t, op1)})
	}
	wantStatus(t, "a token at the second name", ask(fires), ask(silent), 403, 201)
}

func doorsDiffer(t *testing.T, fires, silent string) {
	ask := prove.Ask{Path: strings.Replace(websso, "openid", "mapped", 1)}
	wantStatus(t, "the path at the third controller", start(t, fires, "ctl3").Ask(t, ask), start(t, silent, "ctl3").Ask(t, ask), 403, 302)
	if got := start(t, fires, "ctl1").Ask(t, ask); got.Status != http.StatusFound {
		t.Errorf("the path at the first controller: %d, want 302", got.Status)
	}
}

func requirementsDiffer(t *testing.T, fires, silent string) {
	ask := func(fleet, machine string) prove.Answer {
		s := start(t, fleet, machine)
		return s.Ask(t, prove.Ask{Method: http.MethodPost, Path: auth, Bearer: s.Token(t, op1, prove.Claims{"aud": "wiki"})})
	}
	wantStatus(t, "another service's token at the first controller", ask(fires, "ctl1"), ask(silent, "ctl1"), 401, 401)
	wantStatus(t, "another service's token at the second controller", ask(fires, "ctl2"), ask(silent, "ctl2"), 201, 401)
}

func keystoneConfDiffers(t *testing.T, fires, silent string) {
	ask := func(fleet, machine string) prove.Reply {
		k := prove.StartKeystone(t, filepath.Join(fleet, machine), prove.Objects{
			IdentityProviders: []prove.IdentityProvider{{ID: "op1", Domain: "op1", RemoteIDs: []string{op1}}},
			Protocols:         []prove.Protocol{{IdentityProvider: "op1", ID: "openid", Mapping: "mapping"}},
			Mappings:          map[string]json.RawMessage{"mapping": json.RawMessage(`[{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-sub"}]}]`)},
		})
		return k.Ask(t, prove.Call{Env: map[string]string{"OIDC-iss": op1, "OIDC-sub": "user-alice"}})
	}
	if a, b := ask(fires, "ctl1"), ask(fires, "ctl3"); a.Status != 201 || b.Status != 401 {
		t.Errorf("where it fires, Keystone says %d at the first and %d at the third controller, want 201 and 401\n%s\n%s", a.Status, b.Status, a.Reason, b.Reason)
	}
	if a := ask(silent, "ctl3"); a.Status != 201 {
		t.Errorf("where it is silent, Keystone says %d at the third controller, want 201\n%s", a.Status, a.Reason)
	}
}

// directivesDiffer: what the application gets to know of a user.
func directivesDiffer(t *testing.T, fires, silent string) {
	mail := func(fleet string) string {
		answer, _ := start(t, fleet, "ctl3").Login(t, websso, op1, "alice")
		return answer.Env["OIDC-email"]
	}
	if a, b := mail(fires), mail(silent); a != "" || b == "" {
		t.Errorf("the third controller gets the address %q and %q, want none and one", a, b)
	}
}
