package saml_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/saml"
)

const (
	head  = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://sso.test/realms/corp">`
	role  = `<md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">`
	redir = `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://sso.test/saml"/>`
	soap  = `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://sso.test/ecp"/>`
	tail  = `</md:IDPSSODescriptor></md:EntityDescriptor>`
)

func key(use, certificate string) string {
	return fmt.Sprintf(`<md:KeyDescriptor use=%q><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`, use, certificate)
}

func TestReadIdP(t *testing.T) {
	der := selfSigned(t, "the signer", time.Hour)
	text := `<?xml version="1.0" encoding="UTF-8"?>` + "\n<!-- by hand -->" + head + role +
		key("signing", "\n"+base64.StdEncoding.EncodeToString(der)+"\n") + key("encryption", "is not looked at") + redir + soap + tail
	idp, err := saml.ReadIdP([]byte("\xef\xbb\xbf"+text), "")
	if err != nil {
		t.Fatal(err)
	}
	if idp.EntityID != "https://sso.test/realms/corp" || !idp.WantSigned || !idp.ValidUntil.IsZero() {
		t.Errorf("%+v", idp)
	}
	if idp.At(saml.Redirect) != "https://sso.test/saml" || idp.At(saml.SOAP) != "https://sso.test/ecp" || idp.At(saml.POST) != "" {
		t.Errorf("endpoints %+v", idp.SSO)
	}
	if len(idp.Signing) != 1 || idp.Signing[0].Subject != "CN=the signer" || string(idp.Signing[0].Raw) != string(der) {
		t.Errorf("keys %+v", idp.Signing)
	}
}

// Of an aggregate the chosen entity is read, and validUntil of the whole counts.
func TestReadIdPOfMany(t *testing.T) {
	other := strings.ReplaceAll(head, "realms/corp", "realms/other")
	service := `<md:EntityDescriptor entityID="https://sp.test"><md:SPSSODescriptor/></md:EntityDescriptor>`
	text := `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="2030-01-31T12:00:00Z">` +
		service + other + role + redir + tail + head + role + soap + tail + `</md:EntitiesDescriptor>`
	idp, err := saml.ReadIdP([]byte(text), "https://sso.test/realms/corp")
	if err != nil {
		t.Fatal(err)
	}
	if idp.At(saml.SOAP) == "" || idp.At(saml.Redirect) != "" || idp.ValidUntil.Year() != 2030 {
		t.Errorf("%+v", idp)
	}
	for id, want := range map[string]string{
		"":                "2 identity providers: https://sso.test/realms/other, https://sso.test/realms/corp",
		"https://sp.test": "metadata of none of that id",
	} {
		if _, err := saml.ReadIdP([]byte(text), id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestBadMetadata(t *testing.T) {
	whole := head + role + redir + tail
	deep := strings.Repeat("<a>", 100)
	cases := map[string]struct{ text, want string }{
		"nothing":               {"", "there is no XML element"},
		"no XML":                {"\n  hello", "line 1, column 1: text outside of the root element"},
		"a document type":       {"<!DOCTYPE a [<!ENTITY b \"c\">]>" + whole, "line 1, column 1: a document type"},
		"an entity":             {head + "&lol;", "no XML: invalid character entity &lol;"},
		"another instruction":   {"\n<?php echo 1?>" + whole, "line 2, column 1: a processing instruction"},
		"a late declaration":    {"\n<?xml version=\"1.0\"?>" + whole, "line 2, column 1: a processing instruction"},
		"another encoding":      {"<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + whole, `encoding "UTF-7" declared`},
		"UTF-16":                {"\xff\xfe<\x00a\x00", "no XML: invalid UTF-8"},
		"deep":                  {deep, "line 1, column 97: elements nested deeper than 32"},
		"many attributes":       {"<a" + numbered(65) + "/>", "an element with 65 attributes; expected at most 64"},
		"an attribute twice":    {`<a b="1" b="2"/>`, "the attribute b twice"},
		"twice by two prefixes": {`<a xmlns:p="x" xmlns:q="x" p:b="1" q:b="2"/>`, "the attribute b twice"},
		"a prefix from nowhere": {"<md:EntityDescriptor/>", `the prefix "md", which nothing declares; expected xmlns:md=…`},
		"too large":             {strings.Repeat(" ", 33<<20), "more than the 33554432 bytes"},
		"many elements":         {"<a>" + strings.Repeat("<b/>", 10_001) + "</a>", "more than 10000 elements"},
		"two roots":             {"<a/><b/>", "line 1, column 5: a second root element"},
		"ends within":           {"<a>\n<b>", "line 2, column 4: the document ends within <b>"},
		"crossed":               {"<a><b></a></b>", "line 1, column 7: the end of an element that is not open"},
		"HTML":                  {"<html></html>", "<html> of no namespace; expected an EntityDescriptor"},
		"a service provider":    {strings.NewReplacer("IDPSSO", "SPSSO").Replace(whole), "metadata of a service provider"},
		"no entity id":          {strings.Replace(whole, "entityID", "id", 1), "an EntityDescriptor without an entityID"},
		"no place of login":     {head + role + tail, "line 1, column 156: an IDPSSODescriptor without a SingleSignOnService"},
		"no address":            {strings.Replace(whole, "https://sso.test/saml", "/saml", 1), `the Location "/saml"; expected a URL`},
		"no base64":             {head + role + key("", "ÄÖ") + redir + tail, "an X509Certificate that is no base64"},
		"no certificate":        {head + role + key("signing", "QUJD") + redir + tail, "an X509Certificate that cannot be read"},
		"no time":               {strings.Replace(whole, "entityID", `validUntil="tomorrow" entityID`, 1), `validUntil is "tomorrow"`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := saml.ReadIdP([]byte(c.text), "")
			if err == nil || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 400 {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func numbered(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, ` a%d=""`, i)
	}
	return out.String()
}
