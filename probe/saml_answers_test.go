package probe

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
)

const soapFault = `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Header/><SOAP-ENV:Body><SOAP-ENV:Fault>` +
	`<faultcode>error</faultcode>%s</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>`

// TestSAMLAnswersOfProviders: what identity providers answer at their SOAP endpoint. The
// faults are those of Keycloak 26.4, each asked for in the lab.
func TestSAMLAnswersOfProviders(t *testing.T) {
	xml := func(status int, text string) func(*samlWorld) {
		return func(w *samlWorld) { w.idp.Answer = said(status, "text/xml", text) }
	}
	fault := func(text string) func(*samlWorld) { return xml(500, fmt.Sprintf(soapFault, text)) }
	words := func(text string) func(*samlWorld) { return fault("<faultstring>" + text + "</faultstring>") }
	page := func(status int) func(*samlWorld) {
		return func(w *samlWorld) { w.idp.Answer = said(status, "text/html", "<html>Sign in to corp</html>") }
	}
	cases := map[string]struct {
		harm    func(*samlWorld)
		symptom string
	}{
		"ECP not allowed":          {fault("<faultstring>Some error occurred while processing the AuthnRequest.</faultstring><detail>Client is not allowed to use ECP profile.</detail>"), "saml-ecp-not-allowed"},
		"the request's signature":  {words("invalidRequesterMessage"), "saml-request-signature"},
		"a stranger":               {words("invalidRequestMessage"), "saml-sp-unknown"},
		"switched off":             {words("loginRequesterNotEnabledMessage"), "saml-sp-disabled"},
		"another consumer":         {words("invalidRedirectUriMessage"), "saml-consumer-unknown"},
		"another fault":            {words("out of order"), "saml-idp-fault"},
		"a wrong password, by 401": {page(401), "saml-password"},
		"an unknown user":          {page(400), "saml-user-unknown"},
		"nothing there":            {page(404), "saml-endpoint-wrong"},
		"no POST":                  {page(405), "saml-endpoint-wrong"},
		"forbidden":                {page(403), "saml-endpoint-page"},
		"too large":                {page(413), "saml-endpoint-page"},
		"broken":                   {page(500), "saml-idp-down"},
		"away":                     {page(503), "saml-idp-down"},
		"a page of 200":            {page(200), "saml-endpoint-page"},
		"a redirect":               {func(w *samlWorld) { w.idp.Answer = redirectTo("https://evil.test/x?y") }, "saml-endpoint-page"},
		"no XML":                   {xml(200, "<"), "saml-answer-odd"},
		"a document type":          {xml(200, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`), "saml-answer-odd"},
	}
	w := newSAMLWorld(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { w.expect(t, samlFault{c.harm, "ecp-login", c.symptom, keystone.ByIDP}) })
	}
}

// TestSAMLAnswersOfHTTPD: what stands in front of Keystone answers, at the request and
// at the consumer.
func TestSAMLAnswersOfHTTPD(t *testing.T) {
	ask := func(status int) func(*samlWorld) { return func(w *samlWorld) { w.sp.Ask = httpdPageOf(status) } }
	take := func(status int) func(*samlWorld) { return func(w *samlWorld) { w.sp.Consume = httpdPageOf(status) } }
	cases := map[string]samlFault{
		"a page at the request":       {ask(200), "ecp-request", "ecp-request-page", keystone.ByHTTPD},
		"a consumer elsewhere":        {func(w *samlWorld) { w.sp.Consumer = "https://evil.test/x" }, "ecp-request", "ecp-consumer-elsewhere", keystone.ByProxy},
		"no consumer over TLS":        {func(w *samlWorld) { w.sp.Consumer = "http://keystone.test/x" }, "ecp-request", "ecp-consumer-elsewhere", keystone.ByProxy},
		"an envelope that is none":    {func(w *samlWorld) { w.sp.Envelope = "<a>" }, "ecp-request", "ecp-request-odd", keystone.ByProxy},
		"401 at the request":          {ask(401), "ecp-request", "saml-path-refused", keystone.ByHTTPD},
		"403 at the request":          {ask(403), "ecp-request", "saml-path-denied", keystone.ByHTTPD},
		"404 at the request":          {ask(404), "ecp-request", "saml-path-missing", keystone.ByHTTPD},
		"405 at the request":          {ask(405), "ecp-request", "saml-method-refused", keystone.ByHTTPD},
		"413 at the request":          {ask(413), "ecp-request", "saml-request-too-large", keystone.ByHTTPD},
		"500 at the request":          {ask(500), "ecp-request", "saml-sp-broken", keystone.ByHTTPD},
		"503 at the request":          {ask(503), "ecp-request", "saml-server-away", keystone.ByHTTPD},
		"Keystone at the request":     {func(w *samlWorld) { w.sp.Ask = func(rw http.ResponseWriter, _ *http.Request) { refuse(rw, 401) } }, "ecp-request", "saml-path-uncovered", keystone.ByItself},
		"400 at the consumer":         {take(400), "ecp-consume", "saml-assertion-refused", keystone.ByHTTPD},
		"401 at the consumer":         {take(401), "ecp-consume", "saml-condition-refused", keystone.ByHTTPD},
		"403 at the consumer":         {take(403), "ecp-consume", "saml-condition-refused", keystone.ByHTTPD},
		"404 at the consumer":         {take(404), "ecp-consume", "saml-consumer-uncovered", keystone.ByHTTPD},
		"405 at the consumer":         {take(405), "ecp-consume", "saml-consumer-uncovered", keystone.ByHTTPD},
		"413 at the consumer":         {take(413), "ecp-consume", "saml-too-large", keystone.ByHTTPD},
		"500 at the consumer":         {take(500), "ecp-consume", "saml-server-failed", keystone.ByHTTPD},
		"503 at the consumer":         {take(503), "ecp-consume", "saml-server-away", keystone.ByHTTPD},
		"no cookie at the consumer":   {func(w *samlWorld) { w.sp.Consume = redirectTo(samlAuth) }, "ecp-consume", "saml-no-cookie", keystone.ByProxy},
		"403 of httpd with a session": {func(w *samlWorld) { w.sp.Enter = httpdPageOf(403) }, "ecp-exchange", "saml-condition-refused", keystone.ByHTTPD},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { newSAMLWorld(t).expect(t, c) })
	}
}

// TestSAMLMetadata: the identity provider's description of itself.
func TestSAMLMetadata(t *testing.T) {
	w := newSAMLWorld(t)
	whole := w.idp.Metadata()
	cases := map[string]struct{ text, symptom string }{
		"no metadata":      {"<html/>", "saml-metadata-unreadable"},
		"a bomb":           {"<!DOCTYPE a>" + whole, "saml-metadata-unreadable"},
		"another's":        {strings.ReplaceAll(whole, `/metadata"`, `/other"`), "saml-metadata-unreadable"},
		"no SOAP endpoint": {strings.ReplaceAll(whole, "bindings:SOAP", "bindings:PAOS"), "saml-no-soap-endpoint"},
		"no key":           {strings.ReplaceAll(whole, `use="signing"`, `use="encryption"`), "saml-no-keys"},
		"out of date":      {strings.ReplaceAll(whole, " entityID=", ` validUntil="2020-01-31T12:00:00Z" entityID=`), "saml-metadata-expired"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := t.TempDir() + "/idp.xml"
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			w.fed.IdentityProviders[0].SAML.Metadata = text(path)
			r := w.run(t, w.options(t))
			if s := stepOf(t, r, "metadata"); s.Verdict != Fail || s.Symptom != c.symptom {
				t.Errorf("%+v", s)
			}
		})
	}
}

func said(status int, kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
	}
}

func httpdPageOf(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { page(w, status, "") }
}
