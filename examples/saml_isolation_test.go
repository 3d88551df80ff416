package examples_test

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// twinBySAML is the example's realm once more: the same entity id, and the same key
// below its assertions.
const twinBySAML = `
  twin:
    saml:
      entity_id: https://localhost:15443/realms/corp
      metadata: https://localhost:15443/realms/corp/protocol/saml/descriptor
      remote_id: urn:twin
    rules: [{user: {name: "{username}"}, groups: "{groups}", only: {groups: [cloud-users, readers]}}]
    groups: {readers: [{project: demo, roles: [reader]}]}
`

// attempt is a request with what is good elsewhere, or is forged.
type attempt struct {
	path   string
	cookie string      // "" is none
	header http.Header // nil is none
	body   string      // "" is a GET
	want   int         // 303 leads to a login by SAML, 302 to one by OpenID Connect
}

// samlDoorsApart: what opens one door opens no other, and nothing that a client can
// write opens any.
func samlDoorsApart(t *testing.T, d labtest.Deployment) {
	own := samlSession{door("corp-saml", "saml2"), cookieOf(t, d.Lab, webssoPath("corp-saml", "saml2"), "mellon-corp-saml")}
	openID := cookieOf(t, d.Lab, webssoPath("corp", "openid"), "mod_auth_openidc_session")
	bearer := http.Header{"Authorization": {"Bearer " + labtest.BearerToken(t, d.Lab, "corp")}}
	t.Run("its own", func(t *testing.T) { own.expectAlice(t, d.Lab) })
	t.Run("an assertion for another", func(t *testing.T) { strayAssertion(t, d) })
	all := map[string]attempt{
		"an OpenID Connect session":                {path: own.door, cookie: "mod_auth_openidc_session=" + openID, want: 303},
		"an OpenID Connect session, in a browser":  {path: webssoPath("corp-saml", "saml2"), cookie: "mod_auth_openidc_session=" + openID, want: 303},
		"an access token":                          {path: own.door, header: bearer, want: 303},
		"a SAML session and another's bearer path": {path: door("corp", "openid"), cookie: own.cookie("corp-saml"), want: 401},
		"a SAML session and another's login": {path: webssoPath("corp", "openid"), cookie: own.cookie("corp-saml"), want: 302,
			header: http.Header{"Accept": {"text/html"}}},
	}
	maps.Copy(all, own.elsewhere())
	maps.Copy(all, forgeries())
	for name, a := range all {
		t.Run(name, func(t *testing.T) { a.expect(t, d.Lab) })
	}
}

// samlSession is one that alice has, at the door that it is for.
type samlSession struct{ door, value string }

func (s samlSession) cookie(idp string) string { return "mellon-" + idp + "=" + s.value }

// elsewhere takes the session to doors of other identity providers and protocols, under
// its own cookie's name and under theirs, and to paths that name none.
func (s samlSession) elsewhere() map[string]attempt {
	own := s.cookie("corp-saml")
	return map[string]attempt{
		"another identity provider":        {path: door("partner-saml", "saml2"), cookie: own, want: 303},
		"another's cookie":                 {path: door("partner-saml", "saml2"), cookie: s.cookie("partner-saml"), want: 303},
		"another's cookie, of one realm":   {path: door("twin", "saml2"), cookie: s.cookie("twin"), want: 303},
		"another's cookie, in a browser":   {path: webssoPath("twin", "saml2"), cookie: s.cookie("twin"), want: 303},
		"another protocol":                 {path: door("corp-saml", "openid"), cookie: own, want: 403},
		"the protocol mapped":              {path: door("corp-saml", "mapped"), cookie: own, want: 403},
		"SAML where OpenID Connect speaks": {path: door("corp", "saml2"), cookie: own, want: 403},
		"in capitals":                      {path: strings.ToUpper(s.door), cookie: own, want: 403},
		"with two slashes":                 {path: strings.Replace(door("twin", "saml2"), "/v3/", "/v3//", 1), cookie: own, want: 303},
		"the path for every provider":      {path: "/v3/auth/OS-FEDERATION/websso/saml2?origin=https://nowhere.example.org", cookie: own, want: 403},
		"the password's path":              {path: "/v3/auth/tokens", cookie: own, body: asked("saml2"), want: 401},
		"the password's path, by mapped":   {path: "/v3/auth/tokens", cookie: own, body: asked("mapped"), want: 401},
		"the module's own way out":         {path: "/v3/OS-FEDERATION/saml2/corp-saml/logout?ReturnTo=https://nowhere.example.org/", cookie: own, want: 403},
		"the module's way to anywhere":     {path: "/v3/OS-FEDERATION/saml2/corp-saml/login?ReturnTo=https://nowhere.example.org/", cookie: own, want: 400},
	}
}

// forgeries need no session.
func forgeries() map[string]attempt {
	return map[string]attempt{
		"forged attributes":                          {path: door("corp-saml", "saml2"), header: forgedHeaders(), want: 303},
		"forged attributes, in a browser":            {path: webssoPath("corp-saml", "saml2"), header: forgedHeaders(), want: 303},
		"forged attributes where OpenID Connect is":  {path: door("corp", "openid"), header: forgedHeaders(), want: 401},
		"forged attributes at the password's path":   {path: "/v3/auth/tokens", header: forgedHeaders(), body: asked("saml2"), want: 401},
		"forged attributes at the path, by mapped":   {path: "/v3/auth/tokens", header: forgedHeaders(), body: asked("mapped"), want: 401},
		"a session that nobody has":                  {path: door("corp-saml", "saml2"), cookie: "mellon-corp-saml=" + strings.Repeat("a", 32), want: 303},
		"what the module sets to see whether it can": {path: door("corp-saml", "saml2"), cookie: "mellon-corp-saml=cookietest", want: 303},
	}
}

func door(idp, protocol string) string {
	return "/v3/OS-FEDERATION/identity_providers/" + idp + "/protocols/" + protocol + "/auth"
}

// webssoPath leads back to no dashboard of Keystone's: whoever comes in is shown its refusal.
func webssoPath(idp, protocol string) string {
	return "/v3/auth/OS-FEDERATION/identity_providers/" + idp + "/protocols/" + protocol + "/websso?origin=https://nowhere.example.org/"
}

// asked is a request for a token by a federated method, without a way through httpd.
func asked(method string) string {
	of := map[string]string{"identity_provider": "corp-saml", "protocol": "saml2"}
	text, _ := json.Marshal(map[string]any{"auth": map[string]any{"identity": map[string]any{"methods": []string{method}, method: of}}})
	return string(text)
}

// forgedHeaders are all that might be taken for mod_auth_mellon's variables.
func forgedHeaders() http.Header {
	all := http.Header{"REMOTE_USER": {"carol"}, "Remote-User": {"carol"}}
	for name, value := range map[string]string{"IDP": "urn:corp-saml", "NAME_ID": "carol", "username": "carol", "groups": "readers", "groups_0": "readers"} {
		all["MELLON_"+name] = []string{value}
		all["Mellon-"+strings.ReplaceAll(name, "_", "-")] = []string{value}
	}
	return all
}

// expectAlice: the session is hers, whatever the headers say beside it.
func (s samlSession) expectAlice(t *testing.T, l *lab.Lab) {
	for _, header := range []http.Header{nil, forgedHeaders()} {
		status, said := attempt{path: s.door, cookie: s.cookie("corp-saml"), header: header}.make(t, l)
		var got struct {
			Token struct{ User struct{ Name string } }
		}
		if err := json.Unmarshal([]byte(said), &got); err != nil || status != http.StatusCreated || got.Token.User.Name != "alice" {
			t.Errorf("got %d and %q (%v), want 201 and alice\n%s", status, got.Token.User.Name, err, said)
		}
	}
}

func (a attempt) expect(t *testing.T, l *lab.Lab) {
	t.Helper()
	if status, said := a.make(t, l); status != a.want {
		t.Errorf("%s: got %d, want %d\n%s", a.path, status, a.want, said)
	}
}

func (a attempt) make(t *testing.T, l *lab.Lab) (status int, said string) {
	t.Helper()
	req, err := http.NewRequest(cmp.Or(map[bool]string{true: http.MethodPost}[a.body != ""], http.MethodGet), l.KeystoneURL+a.path, strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(req.Header, a.header)
	req.Header.Set("Content-Type", "application/json")
	if a.cookie != "" {
		req.Header.Set("Cookie", a.cookie)
	}
	resp, err := labtest.Trusting(t, l).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// cookieOf logs alice in at the realm corp as a browser would, and gives the value of a
// cookie that she has then.
func cookieOf(t *testing.T, l *lab.Lab, path, name string) string {
	t.Helper()
	p := labtest.NewPerson(t, l, "corp", "alice")
	said := p.Open(t, l.KeystoneURL+path)
	for _, c := range p.Cookies(t, l.KeystoneURL+"/v3/") {
		if c.Name == name {
			return c.Value
		}
	}
	t.Fatalf("no cookie %s:\n%s", name, said)
	return ""
}
