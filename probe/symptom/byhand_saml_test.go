package symptom

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/saml"
)

const (
	samlAuth = "https://keystone.test/v3/OS-FEDERATION/identity_providers/corp/protocols/saml2/auth"
	paos     = "https://keystone.test/v3/OS-FEDERATION/saml2/corp/paosResponse"
	soapAt   = "https://sso.test/realms/corp/protocol/saml"
)

// envelope is what mod_auth_mellon and Keycloak write, less what is signed.
func envelope(header, body string) string {
	return `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>` + header + `</S:Header><S:Body>` + body + `</S:Body></S:Envelope>`
}

func requestTo(consumer string) wire {
	return wire{200, map[string]string{"Content-Type": saml.PAOSType}, envelope(
		`<paos:Request xmlns:paos="urn:liberty:paos:2003-08" S:mustUnderstand="1" S:actor="http://schemas.xmlsoap.org/soap/actor/next" responseConsumerURL="`+consumer+`" service="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp"/>`,
		`<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" IssueInstant="2026-06-01T12:00:00Z" Version="2.0"/>`)}
}

func answered(status string, more string) wire {
	return wire{200, map[string]string{"Content-Type": "text/xml"}, envelope(more,
		`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_2" IssueInstant="2026-06-01T12:00:00Z" Version="2.0"><samlp:Status>`+status+`</samlp:Status>`+
			`<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/></samlp:Response>`)}
}

func faulted(text string) wire {
	return wire{500, map[string]string{"Content-Type": "text/xml"}, fmt.Sprintf(
		`<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Header/><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>error</faultcode>%s</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>`, text)}
}

func sentBack(to, cookie string) wire {
	w := wire{303, map[string]string{"Location": to}, ""}
	if cookie != "" {
		w.header["Set-Cookie"] = cookie
	}
	return w
}

// TestByHandOfSAML: the answers of a login by SAML, call by call, in the words of
// mod_auth_mellon, Keycloak and Keystone.
func TestByHandOfSAML(t *testing.T) {
	headers := func(pairs ...string) http.Header {
		h := http.Header{}
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	comma := headers("Accept", "text/html, "+saml.PAOSType, "Paos", saml.PAOSHeader)
	semicolon := headers("Accept", "text/html; "+saml.PAOSType, "Paos", saml.PAOSHeader)
	session := headers("Cookie", "mellon-cookie=x")
	const (
		success = `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>`
		failure = `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:%s"/></samlp:StatusCode>`
		back    = `<ecp:Response xmlns:ecp="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp" AssertionConsumerServiceURL="` + paos + `"/>`
		login   = "https://keystone.test/v3/OS-FEDERATION/saml2/corp/login?ReturnTo=https%3A%2F%2Fkeystone.test%2Fx"
		websso  = "https://keystone.test/v3/auth/OS-FEDERATION/identity_providers/corp/protocols/saml2/websso?origin=x"
	)
	cases := map[string]struct {
		url    string
		sent   http.Header
		answer wire
		want   string // slugs, in their order
	}{
		"the request of ECP":             {samlAuth, nil, requestTo(paos), "ecp-request-given"},
		"the same, of an unknown path":   {"", nil, requestTo(paos), "ecp-request-given"},
		"a consumer elsewhere":           {samlAuth, comma, requestTo("https://evil.test/x"), "ecp-consumer-elsewhere"},
		"an envelope that is none":       {samlAuth, comma, wire{200, map[string]string{"Content-Type": saml.PAOSType}, "<a>"}, "ecp-request-odd"},
		"a page":                         {samlAuth, comma, wire{200, map[string]string{"Content-Type": "text/html"}, "<title>Hello</title>"}, "ecp-request-page"},
		"400, a semicolon":               {samlAuth, semicolon, page(400, ""), "ecp-accept-semicolon"},
		"400, no PAOS":                   {samlAuth, headers("Accept", saml.PAOSType), page(400, ""), "ecp-header-not-sent"},
		"400, and both were sent":        {samlAuth, comma, page(400, ""), "ecp-headers-changed"},
		"400, nobody says what was sent": {samlAuth, nil, page(400, ""), "ecp-headers-changed saml-session-refused"},
		"303 without PAOS":               {samlAuth, headers("Accept", "*/*"), sentBack(login, ""), "ecp-not-asked"},
		"303, nobody says":               {samlAuth, nil, sentBack(login, ""), "ecp-not-asked saml-session-lost"},
		"303 with PAOS":                  {samlAuth, comma, sentBack(login, ""), "ecp-not-heard"},
		"303 of an unknown path":         {"", nil, sentBack(login, ""), "ecp-not-asked saml-session-lost"},
		"401 of Keystone, no session":    {samlAuth, comma, itself(401, generic), "saml-path-uncovered"},
		"401 of Keystone, a session":     {samlAuth, session, itself(401, generic), "saml-attribute-missing saml-claims-refused"},
		"401 of Keystone, nobody says":   {samlAuth, nil, itself(401, generic), "saml-path-uncovered saml-attribute-missing saml-claims-refused"},
		"403 of httpd":                   {samlAuth, comma, page(403, ""), "saml-path-denied"},
		"403 of Keystone, a session":     {samlAuth, session, itself(403, "no"), "saml-idp-unknown-to-keystone"},
		"404 of Keystone, a session":     {samlAuth, session, itself(404, "no"), "saml-objects-missing"},
		"405":                            {samlAuth, comma, page(405, ""), "saml-method-refused"},
		"413":                            {samlAuth, comma, page(413, ""), "saml-request-too-large"},
		"500":                            {samlAuth, comma, page(500, ""), "saml-sp-broken"},
		"503":                            {samlAuth, comma, page(503, ""), "saml-server-away"},
		"the token":                      {samlAuth, session, wire{201, map[string]string{"X-Subject-Token": "x"}, "{}"}, "saml-token-given"},
		"a token for nobody":             {samlAuth, comma, wire{201, map[string]string{"X-Subject-Token": "x"}, "{}"}, "saml-path-open"},
		"logged in":                      {soapAt, nil, answered(success, back), "ecp-logged-in"},
		"a wrong password":               {soapAt, nil, answered(fmt.Sprintf(failure, "NoPassive"), ""), "saml-password"},
		"failed, of an unknown path":     {"", nil, answered(fmt.Sprintf(failure, "AuthnFailed"), ""), "saml-password"},
		"another status":                 {soapAt, nil, answered(fmt.Sprintf(failure, "RequestDenied"), ""), "saml-login-refused"},
		"a success of nobody":            {soapAt, nil, answered(success, ""), "saml-no-assertion"},
		"no XML":                         {soapAt, nil, wire{200, map[string]string{"Content-Type": "text/xml"}, "<"}, "saml-answer-odd"},
		"ECP not allowed":                {soapAt, nil, faulted("<faultstring>Some error occurred while processing the AuthnRequest.</faultstring><detail>Client is not allowed to use ECP profile.</detail>"), "saml-ecp-not-allowed"},
		"another certificate":            {soapAt, nil, faulted("<faultstring>invalidRequesterMessage</faultstring>"), "saml-request-signature"},
		"a stranger":                     {"", nil, faulted("<faultstring>invalidRequestMessage</faultstring>"), "saml-sp-unknown"},
		"another fault":                  {soapAt, nil, faulted("<faultstring>out of order</faultstring>"), "saml-idp-fault"},
		"401 of the provider":            {soapAt, nil, page(401, ""), "saml-password"},
		"a login page":                   {soapAt, nil, wire{400, map[string]string{"Content-Type": "text/html"}, "<html>Sign in</html>"}, "saml-user-unknown"},
		"503 of the provider":            {soapAt, nil, page(503, ""), "saml-idp-down"},
		"the assertion taken":            {paos, nil, sentBack(samlAuth, "mellon-cookie=x; Path=/"), "saml-assertion-taken"},
		"taken, and no cookie":           {paos, nil, sentBack(samlAuth, ""), "saml-no-cookie"},
		"the assertion refused":          {paos, nil, page(400, ""), "saml-assertion-refused"},
		"refused in a browser":           {strings.Replace(paos, "paos", "post", 1), nil, page(400, ""), "saml-assertion-refused"},
		"405 at the consumer, GET":       {paos, nil, page(405, ""), "saml-consumer-by-get"},
		"413 at the consumer":            {paos, nil, page(413, ""), "saml-too-large"},
		"500 at the consumer":            {paos, nil, page(500, ""), "saml-server-failed"},
		"the module's login":             {login, nil, sentBack(soapAt+"?SAMLRequest=x", ""), "saml-login-begins"},
		"the same without ReturnTo":      {login, nil, page(400, ""), "saml-login-return"},
		"the websso path":                {websso, nil, sentBack(login, ""), "saml-browser-begins"},
		"the websso path, 401":           {websso, nil, itself(401, generic), "saml-websso-refused"},
		"the websso path, denied":        {websso, nil, page(403, ""), "saml-path-denied"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			left, _ := ByHand(Heard{Answer: c.answer.answer(), Method: "GET", URL: c.url, Sent: c.sent, Names: names})
			var slugs []string
			for _, p := range left {
				slugs = append(slugs, p.Slug)
				if p.If == "" && len(left) > 1 && c.sent == nil || strings.ContainsAny(p.Cause+p.Mend, "{}") {
					t.Errorf("%+v", p)
				}
			}
			if !slices.Equal(slugs, strings.Fields(c.want)) {
				t.Errorf("%q, want %s", slugs, c.want)
			}
		})
	}
}
