package saml_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/saml"
)

func TestCheck(t *testing.T) {
	known, strange := base64.StdEncoding.EncodeToString(selfSigned(t, "known", time.Hour)), base64.StdEncoding.EncodeToString(selfSigned(t, "strange", time.Hour))
	idp, err := saml.ReadIdP([]byte(head+role+key("signing", known)+redir+tail), "")
	if err != nil {
		t.Fatal(err)
	}
	request, err := saml.ReadRequest([]byte(paos))
	if err != nil {
		t.Fatal(err)
	}
	whole := said(`NotBefore="2030-01-31T12:00:00Z" NotOnOrAfter="2030-01-31T12:01:00Z"`)
	signed := func(by string) string {
		return `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyInfo><X509Data><X509Certificate>` + by + `</X509Certificate></X509Data></KeyInfo></Signature>`
	}
	in := func(assertion, signature string) string {
		return strings.Replace(assertion, "<a:Subject>", signature+"<a:Subject>", 1)
	}
	cases := map[string]struct{ at, assertion, want string }{
		"good":               {"12:00:30", in(whole, signed(known)), ""},
		"too early":          {"11:59:00", in(whole, signed(known)), "not-before"},
		"too late":           {"12:01:00", in(whole, signed(known)), "not-on-or-after"},
		"confirmed too late": {"12:06:00", in(said(""), signed(known)), "not-on-or-after"},
		"unsigned":           {"12:00:30", whole, "signature"},
		"by another key":     {"12:00:30", in(whole, signed(strange)), "key"},
		"of another issuer":  {"12:00:30", in(strings.Replace(whole, "realms/corp<", "realms/other<", 1), signed(known)), "issuer"},
		"for another":        {"12:00:30", in(strings.Replace(whole, "keystone.test/sp<", "wiki.test/sp<", 1), signed(known)), "audience"},
		"for another place":  {"12:00:30", in(strings.Replace(whole, `Recipient="https://keystone.test`, `Recipient="https://keystone.test:444`, 1), signed(known)), "recipient"},
		"of another request": {"12:00:30", in(strings.Replace(whole, `InResponseTo="_1"`, `InResponseTo="_0"`, 1), signed(known)), "in-response-to"},
		"none":               {"12:00:30", "", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r, err := saml.ReadResponse([]byte(answered(ecpHead, good, c.assertion)))
			if err != nil {
				t.Fatal(err)
			}
			now, err := time.Parse(time.RFC3339, "2030-01-31T"+c.at+"Z")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range r.Check(saml.Expect{IdP: idp, Request: request, Now: now}) {
				got = append(got, p.Check)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %q", got, c.want)
			}
		})
	}
}

func TestSamePlace(t *testing.T) {
	const place = "https://keystone.test:5000/v3/saml2/paosResponse"
	same := []string{place, "HTTPS://KEYSTONE.test:5000/v3/saml2/paosResponse"}
	other := []string{
		"", "://", "/v3/saml2/paosResponse", "http://keystone.test:5000/v3/saml2/paosResponse", "https://keystone.test/v3/saml2/paosResponse",
		"https://keystone.test.evil:5000/v3/saml2/paosResponse", "https://keystone.test:5000@evil/v3/saml2/paosResponse",
		"https://a@keystone.test:5000/v3/saml2/paosResponse", place + "/", place + "?a", "https://keystone.test:5000/v3%2fsaml2/paosResponse",
	}
	for _, s := range same {
		if !saml.SamePlace(place, s) {
			t.Errorf("%s is another place", s)
		}
	}
	for _, s := range other {
		if saml.SamePlace(place, s) || saml.SamePlace(s, place) {
			t.Errorf("%s is the same place", s)
		}
	}
	if !saml.SamePlace("https://keystone.test/a", "https://keystone.test:443/a") {
		t.Error("443 is https's own port")
	}
}
