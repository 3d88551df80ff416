package labtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
)

// Disable switches a person of an issuer off, as its administrator would, until
// the test ends. Use carol, whom no other test needs.
func Disable(t testing.TB, l *lab.Lab, issuer lab.Issuer, name string) {
	t.Helper()
	a := administrator{t, NewPerson(t, l, issuer.Name, name).web, l, issuer}
	a.enable(name, false)
	t.Cleanup(func() { a.enable(name, true) })
}

// administrator holds the issuer's own door for administrators.
type administrator struct {
	testing.TB
	web    *http.Client
	lab    *lab.Lab
	issuer lab.Issuer
}

func (a administrator) enable(name string, on bool) {
	a.Helper()
	if a.issuer.Name == "campus" {
		action := map[bool]string{true: "enable", false: "disable"}[on]
		a.send(http.MethodPost, a.issuer.URL+"/admin/people/"+name+"/"+action, a.secret(), nil)
		return
	}
	users := strings.Replace(a.issuer.URL, "/realms/", "/admin/realms/", 1) + "/users"
	token := a.token()
	var found []struct{ ID string }
	a.decode(a.send(http.MethodGet, users+"?exact=true&username="+name, token, nil), &found)
	if len(found) != 1 {
		a.Fatalf("%s has %d users %s", a.issuer.Name, len(found), name)
	}
	body, _ := json.Marshal(map[string]bool{"enabled": on})
	a.send(http.MethodPut, users+"/"+found[0].ID, token, body)
}

func (a administrator) secret() string { return Secret(a, a.lab, a.issuer.Name+"-admin") }

// token is one for Keycloak's admin API.
func (a administrator) token() string {
	a.Helper()
	resp, err := a.web.PostForm(a.issuer.URL+"/protocol/openid-connect/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"lab-admin"}, "client_secret": {a.secret()}})
	if err != nil {
		a.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	got := struct {
		Token string `json:"access_token"`
	}{}
	a.decode(text, &got)
	return got.Token
}

func (a administrator) send(method, address, bearer string, body []byte) []byte {
	a.Helper()
	req, _ := http.NewRequest(method, address, strings.NewReader(string(body)))
	req.Header.Set("Authorization", "Bearer "+bearer)
	req.Header.Set("Content-Type", "application/json")
	resp, err := a.web.Do(req)
	if err != nil {
		a.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	if resp.StatusCode >= 300 {
		a.Fatalf("%s %s: %s", method, req.URL.Path, resp.Status)
	}
	return text
}

func (a administrator) decode(text []byte, into any) {
	a.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		a.Fatal(err)
	}
}
