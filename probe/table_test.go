package probe

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
)

// said is an answer as it comes over the wire, and where.
type said struct {
	step    string // exchange unless given
	status  int
	header  map[string]string
	body    string
	control string // WWW-Authenticate of the request without a token
}

func html(challenge string) map[string]string {
	h := map[string]string{"Content-Type": "text/html; charset=iso-8859-1"}
	if challenge != "" {
		h["Www-Authenticate"] = challenge
	}
	return h
}

func itself(status int, message string) said {
	return said{status: status, body: `{"error":{"code":` + itoa(status) + `,"message":"` + message + `","title":"t"}}`}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

func (s said) at(step string) said       { s.step = step; return s }
func (s said) after(control string) said { s.control = control; return s }

const challenge = `Bearer error="invalid_request", error_description="No bearer token found in the request"`

// rowCases: for each row an answer that only this row explains.
func rowCases() map[string]said {
	return map[string]said{
		"open path":                    {step: "garbage-token", status: 201, header: map[string]string{"X-Subject-Token": "t"}, body: `{}`},
		"uncovered path":               itself(401, "m").at("no-token"),
		"uncovered path, known issuer": itself(403, "m").at("garbage-token"),
		"bearer lost":                  {status: 401, header: html(challenge), body: httpdPage},
		"JWT refused":                  {status: 401, header: html(`Bearer error="invalid_token", error_description="JWT token could not be validated"`), body: httpdPage},
		"introspection failed":         {status: 401, header: html(`Bearer error="invalid_token", error_description="Reference token could not be introspected"`), body: httpdPage},
		"scope refused":                {status: 401, header: html(`Bearer error="insufficient_scope", error_description="Different scope(s) or other claims required"`), body: httpdPage},
		"mod_oauth2 refused":           {status: 401, header: html(`Bearer error="invalid_token", error_description="Token could not be verified."`), body: httpdPage},
		"module challenge":             {status: 401, header: html(`Bearer error="invalid_token"`), body: httpdPage},
		"redirect URI is the path":     {status: 302, header: map[string]string{"Location": "https://k.test" + authPath("corp") + "?x=y", "Set-Cookie": "mod_auth_openidc_state_a=b"}},
		"browser only, redirect":       {status: 302, header: map[string]string{"Location": "https://sso.test/auth?redirect_uri=a&state=b"}},
		"list of providers":            {status: 200, header: html(""), body: "<title>OpenID Connect Provider Discovery</title>"},
		"redirect URI handler":         {status: 200},
		"Require refused":              said{status: 401, header: html(""), body: httpdPage}.after(challenge),
		"browser only":                 {status: 401, header: html(""), body: httpdPage},
		"denied":                       {status: 403, header: html(""), body: httpdPage},
		"no such page":                 {status: 404, header: html(""), body: httpdPage},
		"header too large":             {status: 400, header: html(""), body: httpdPage},
		"header too large, 431":        {status: 431},
		"httpd 500":                    {status: 500, header: html(""), body: httpdPage},
		"httpd 503":                    {status: 503, header: html(""), body: httpdPage},
		"httpd 502":                    {status: 502, header: html(""), body: httpdPage},
		"wrong method, page":           {status: 405, header: html(""), body: httpdPage},
		"proxy 502":                    {status: 502, body: "<html><h1>502</h1>"},
		"proxy 503":                    {status: 503, body: "<html><h1>503</h1>"},
		"proxy 504":                    {status: 504, body: "<html><h1>504</h1>"},
		"proxy 413":                    {status: 413},
		"proxy 429":                    {status: 429},
		"redirect":                     {status: 301, header: map[string]string{"Location": "https://other.test/"}},
		"redirect, found":              {status: 302, header: map[string]string{"Location": "https://other.test/"}},
		"redirect, kept":               {status: 308, header: map[string]string{"Location": "https://other.test/"}},
		"page of a proxy":              {status: 200, body: "<html>sign in to the wifi</html>"},

		"unsupported method":           itself(401, "Attempted to authenticate with an unsupported method."),
		"rescope refused":              itself(401, "m").at("rescope"),
		"token not valid":              itself(401, "m").at("projects"),
		"claims refused, path covered": itself(401, "m").after(challenge),
		"claims refused":               itself(401, "m"),
		"issuer unknown or disabled":   itself(403, "m"),
		"no identity provider":         itself(404, "Could not find Identity Provider: corp."),
		"no protocol":                  itself(404, "Could not find federated protocol openid for Identity Provider: corp."),
		"no mapping":                   itself(404, "Could not find mapping: corp."),
		"no domain":                    itself(404, "Could not find domain: corp."),
		"page not found":               {status: 404, header: html(""), body: "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>"},
		"token not found":              itself(404, "Failed to validate token").at("rescope"),
		"name not found":               itself(404, "nosuch"),

		"same user twice":                 itself(409, "Conflict occurred attempting to store federated_user - Duplicate entry."),
		"local user without domain":       itself(400, "Expecting to find domain in user."),
		"protocol is a method of its own": itself(400, "Expecting to find id in token."),
		"schema 2.0 without domain":       itself(400, "argument of type 'NoneType' is not iterable"),
		"group named name":                itself(400, "string indices must be integers"),
		"too long":                        itself(400, "String length exceeded."),
		"wrong method":                    {status: 405, body: `{"message": "The method is not allowed for the requested URL."}`},
		"forbidden":                       itself(403, "m").at("catalog"),
		"group id missing":                itself(500, "m"),
	}
}

func TestEveryRowOfTheTable(t *testing.T) {
	c := newCloud(t, "corp")
	cases := rowCases()
	for _, r := range table() {
		s, ok := cases[r.name]
		if !ok {
			t.Errorf("row %q has no case", r.name)
			continue
		}
		delete(cases, r.name)
		t.Run(r.name, func(t *testing.T) { expectRow(t, c, r, s) })
	}
	for name := range cases {
		t.Errorf("case %q has no row", name)
	}
}

func expectRow(t *testing.T, c *cloud, want row, s said) {
	t.Helper()
	v := newVisit(c.fed, &c.fed.IdentityProviders[0], c.options(t))
	v.control = keystone.Answer{Status: 401, Header: http.Header{"Www-Authenticate": {s.control}}}
	a := keystone.Answer{Status: s.status, Header: http.Header{}, Body: []byte(s.body)}
	for name, value := range s.header {
		a.Header.Set(name, value)
	}
	a.AnsweredBy = keystone.Classify(a)
	step := s.step
	if step == "" {
		step = issuing
	}
	got, ok := v.find(step, a)
	if !ok || got.name != want.name {
		t.Fatalf("explained by row %q, by %s", got.name, a.AnsweredBy)
	}
	o := v.explain(step, a)
	if o.cause == "" || o.mend == "" || strings.ContainsAny(o.cause+o.mend, "{}") && !strings.Contains(o.mend, ": {") {
		t.Errorf("cause %q, mend %q", o.cause, o.mend)
	}
}

// An answer that no row knows is still told, with who gave it.
func TestUnknownAnswer(t *testing.T) {
	c := newCloud(t, "corp")
	v := newVisit(c.fed, &c.fed.IdentityProviders[0], c.options(t))
	a := keystone.Answer{Status: 418, Body: []byte("teapot"), AnsweredBy: keystone.ByProxy}
	if o := v.explain(issuing, a); o.verdict != Fail || !strings.Contains(o.cause, "418 of proxy") {
		t.Errorf("%+v", o)
	}
}
