package oidc

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Expect is what a token has to fulfil. Audience and Clients may be empty: then
// they are not asked for. ClientClaim names the claim that holds the client's
// id; "" tries azp, then client_id. The zero Now is the present.
type Expect struct {
	Issuer      string
	Audience    string
	Clients     []string
	ClientClaim string
	Now         time.Time
}

// Verdict is the outcome of one check of a token. Seen and Expected are texts
// for a person, already printable; Mend is empty for a passed check.
type Verdict struct {
	Name     string
	OK       bool
	Seen     string
	Expected string
	Mend     string
}

// Report holds every verdict on a token, in the order of the checks, and notes
// about things that are odd without being wrong.
type Report struct {
	Verdicts []Verdict
	Notes    []string
}

// OK reports whether every check passed. A Report without verdicts is not OK.
func (r Report) OK() bool {
	return len(r.Verdicts) > 0 && !slices.ContainsFunc(r.Verdicts, func(v Verdict) bool { return !v.OK })
}

// Failed gives the verdicts that did not pass.
func (r Report) Failed() []Verdict {
	return slices.DeleteFunc(slices.Clone(r.Verdicts), func(v Verdict) bool { return v.OK })
}

// slack is how far two clocks may be apart; mod_auth_openidc's own default
// (OIDCIDTokenIatSlack) is far wider.
const slack = 30 * time.Second

// CheckToken judges a bearer token as a resource server must (RFC 8725, RFC
// 9068 section 4): form, algorithm, signature, iss, aud, client, exp, nbf, iat,
// typ. Unlike a resource server it goes on after a fault, so that all are told.
// A token that cannot be taken apart gives a single failed verdict "form".
func CheckToken(raw string, keys *Keys, want Expect) Report {
	token, err := ParseToken(raw)
	if err != nil {
		return Report{Verdicts: []Verdict{{Name: "form", Seen: err.Error(), Expected: "a signed JWT", Mend: formMend(raw)}}}
	}
	if want.Now.IsZero() {
		want.Now = time.Now()
	}
	c := checker{token: token, want: want}
	c.pass("form", "a signed JWT")
	c.header()
	c.signature(raw, keys)
	c.issuer()
	c.audience()
	c.client()
	c.times()
	c.kind()
	return c.report
}

func formMend(raw string) string {
	if !strings.Contains(raw, ".") {
		return "let the provider issue JWT access tokens to this client, or have httpd introspect them"
	}
	return "take a signed (not encrypted) JWT"
}

type checker struct {
	token  *Token
	want   Expect
	report Report
}

func (c *checker) pass(name, seen string) {
	c.report.Verdicts = append(c.report.Verdicts, Verdict{Name: name, OK: true, Seen: Excerpt(seen, 200)})
}

func (c *checker) fail(name, seen, expected, mend string) {
	c.report.Verdicts = append(c.report.Verdicts, Verdict{Name: name, Seen: Excerpt(seen, 200), Expected: Excerpt(expected, 300), Mend: Excerpt(mend, 400)})
}

func (c *checker) note(format string, args ...any) {
	c.report.Notes = append(c.report.Notes, Excerpt(fmt.Sprintf(format, args...), 200))
}

// header refuses what a bearer token has no use for (RFC 8725 sections 3.6 and
// 3.10). Keys that a token brings along are never used.
func (c *checker) header() {
	for _, name := range []string{"crit", "b64", "zip", "enc"} {
		if c.token.Header[name] != nil {
			c.fail("header", fmt.Sprintf("the header has %q", name), "none", "have the provider issue plain signed JWTs")
			return
		}
	}
	for _, name := range []string{"jku", "x5u", "jwk", "x5c"} {
		if c.token.Header[name] != nil {
			c.note("the header's %q was not looked at: keys come from the issuer's key set alone", name)
		}
	}
	if c.token.Header["nonce"] != nil {
		c.note("the header has a nonce, as Microsoft Graph's tokens have: nobody else can verify those; ask for a scope of your own API")
	}
}

func (c *checker) issuer() {
	got, err := c.token.Claims.Text("iss")
	switch {
	case err != nil:
		c.fail("iss", "not a string", c.want.Issuer, "")
	case got == c.want.Issuer:
		c.pass("iss", got)
	case strings.TrimSuffix(got, "/") == strings.TrimSuffix(c.want.Issuer, "/"):
		c.fail("iss", got, c.want.Issuer, fmt.Sprintf("they differ by the final slash alone: write `issuer: %s`", got))
	default:
		c.fail("iss", got, c.want.Issuer, "take a token of this provider, or correct `issuer:`; Keystone's remote_ids and httpd's `Require claim iss:` compare it byte for byte")
	}
}

func (c *checker) kind() {
	typ := strings.ToLower(strings.TrimPrefix(strings.ToLower(c.token.Type), "application/"))
	switch typ {
	case "", "jwt", "at+jwt":
		c.pass("typ", c.token.Type)
	default:
		c.fail("typ", c.token.Type, "JWT or at+jwt", "this token is made for something else (a logout or a refresh); take an access token")
	}
}
