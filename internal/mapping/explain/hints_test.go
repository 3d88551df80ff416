package explain_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/mapping/explain"
)

// TestHints says of a requirement that stops a login what is meant, or that
// nothing is known.
func TestHints(t *testing.T) {
	is := func(name, value string) explain.Variable { return explain.Variable{Name: name, Value: value} }
	cases := map[string]struct {
		remote string
		came   explain.Variable
		module string
		want   string // in the text; "" for no hint
	}{
		"name nearly right":      {`{"type": "OIDC-sbu"}`, is("OIDC-sub", "x"), "m", "OIDC-sub came; did you mean that?"},
		"name in another case":   {`{"type": "OIDC-Sub"}`, is("OIDC-sub", "x"), "m", "OIDC-sub came: names count with their case"},
		"header form, dropped":   {`{"type": "HTTP_OIDC_GIVEN_NAME"}`, is("OIDC-given_name", "x"), "m", "OIDC-given_name came; this asks for its header form, which httpd drops"},
		"header form, not made":  {`{"type": "HTTP_OIDC_SUB"}`, is("OIDC-sub", "x"), "m", "OIDC-sub came; this asks for its header form, which the module did not make"},
		"environment form":       {`{"type": "OIDC-sub"}`, is("HTTP_OIDC_SUB", "x"), "m", "HTTP_OIDC_SUB came, in the header form"},
		"another prefix":         {`{"type": "OIDC_CLAIM_sub"}`, is("OIDC-sub", "x"), "m", "OIDC-sub came, with another prefix"},
		"another, in headers":    {`{"type": "HTTP_OIDC_GIVEN_NAME"}`, is("OIDC_CLAIM_given_name", "x"), "m", "OIDC_CLAIM_given_name came, with another prefix: OIDCClaimPrefix decides (--prefix)"},
		"a claim called by URL":  {`{"type": "OIDC-https://a.b/c"}`, is("OIDC-https---a.b-c", "x"), "m", "OIDC-https---a.b-c came: this is how the claim is called in the environment"},
		"bare claims":            {`{"type": "OIDC-sub"}`, is("sub", "x"), "", "--module mod_auth_openidc --module-version 2.4.12.3 --prefix OIDC- makes"},
		"bare, of headers":       {`{"type": "HTTP_OIDC_SUB"}`, is("sub", "x"), "", "2.4.12.3 --prefix OIDC- makes"},
		"bare, default prefix":   {`{"type": "OIDC_CLAIM_sub"}`, is("sub", "x"), "", "sub came: these look like claims as the issuer sends them; --module mod_auth_openidc --module-version 2.4.12.3 makes"},
		"known to be missing":    {`{"type": "OIDC-x"}`, explain.Variable{Name: "OIDC-x", Missing: true, Note: "null is \x1bnot passed"}, "m", `null is \x1bnot passed`},
		"nothing alike":          {`{"type": "OIDC-sub"}`, is("OIDC-groups", "x"), "m", ""},
		"value in another case":  {`{"type": "g", "any_one_of": ["admins"]}`, is("g", "x;Admins"), "m", "Admins came, admins is listed: values count with their case"},
		"blanks around a value":  {`{"type": "g", "any_one_of": ["admins"]}`, is("g", "users; admins"), "m", "admins came with blanks around it"},
		"joined by commas":       {`{"type": "g", "any_one_of": ["admins"]}`, is("g", "users,admins"), "m", `Keystone splits at semicolons only: OIDCClaimDelimiter ";"`},
		"a JSON text":            {`{"type": "g", "any_one_of": ["admins"]}`, is("g", `["users", "admins"]`), "m", "admins came as part of a JSON text"},
		"a path":                 {`{"type": "g", "any_one_of": ["admins"]}`, is("g", "/admins"), "m", "/admins came: the issuer sends groups with their path"},
		"value nearly right":     {`{"type": "g", "any_one_of": ["admins"]}`, is("g", "admin"), "m", "admin came, admins is listed; did you mean that?"},
		"a pattern by mistake":   {`{"type": "g", "any_one_of": ["^admins$"]}`, is("g", "users"), "m", `no regular expression without "regex": true`},
		"what the module makes":  {`{"type": "v", "any_one_of": ["true"]}`, explain.Variable{Name: "v", Value: "1", Note: "true is passed as 1"}, "m", "true is passed as 1"},
		"made, and told apart":   {`{"type": "v", "any_one_of": ["c"]}`, explain.Variable{Name: "v", Value: "a;b", Note: "a list"}, "m", ""},
		"a list of one":          {`{"type": "v", "any_one_of": ["c"]}`, explain.Variable{Name: "v", Value: "a", Note: `a list, joined with ";"`}, "m", ""},
		"made, for a pattern":    {`{"type": "v", "any_one_of": ["^a"], "regex": true}`, explain.Variable{Name: "v", Value: "{}", Note: "passed as JSON text"}, "m", "passed as JSON text"},
		"no value alike":         {`{"type": "g", "any_one_of": ["admins"]}`, is("g", "chess"), "m", ""},
		"an expression":          {`{"type": "g", "any_one_of": ["^Admins$"], "regex": true}`, is("g", "admins"), "m", ""},
		"listed, but not wanted": {`{"type": "g", "not_any_of": ["admins"]}`, is("g", "admins"), "m", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := one(t, `{"rules": [{"local": [{"user": {"name": "x"}}], "remote": [`+c.remote+`]}]}`, c.came)
			r.Module = c.module
			var text bytes.Buffer
			if err := r.WriteText(&text, explain.TextOptions{}); err != nil {
				t.Fatal(err)
			}
			_, hint, hinted := strings.Cut(text.String(), "hint    ")
			if hinted != (c.want != "") || !strings.Contains(hint, c.want) {
				t.Errorf("want %q, got:\n%s", c.want, text.String())
			}
			if r.OK() {
				t.Error("the case is no case: nothing stops the login")
			}
		})
	}
}

// one evaluates one mapping and a few variables.
func one(t *testing.T, rules string, came ...explain.Variable) explain.Report {
	t.Helper()
	doc, list := engine.Read("rules.json", []byte(rules))
	if list.HasErrors() {
		t.Fatal(list)
	}
	p, err := engine.New(doc, engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return explain.Of(p, doc, came, engine.Facts{})
}

// A claim may hold a token; it is shown nowhere.
func TestTokensInClaimsAreNotShown(t *testing.T) {
	const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
	r := one(t, `{"rules": [{"local": [{"user": {"name": "{0}"}}, {"group": {"name": "{1}", "domain": {"name": "d"}}}],
		"remote": [{"type": "sub"}, {"type": "OIDC_access_token"}, {"type": "OIDC_access_token", "any_one_of": ["`+token+`"]}]}]}`,
		explain.Variable{Name: "sub", Value: "alice"}, explain.Variable{Name: "OIDC_access_token", Value: token})
	r.Explanation.Mapped.GroupNames = nil // what the mapping returns is told as it is
	r.Next = nil
	var text, page, object bytes.Buffer
	for _, err := range []error{r.WriteText(&text, explain.TextOptions{}), r.WriteHTML(&page), r.WriteJSON(&object)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(text.String(), token) || strings.Contains(page.String(), token) {
		t.Error("the token is shown")
	}
	var got struct {
		Environment []explain.Variable
		Rules       []struct {
			Remote []struct{ Values, Kept []string }
		}
	}
	if err := json.Unmarshal(object.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if shown := got.Environment[1].Value + strings.Join(got.Rules[0].Remote[1].Kept, ""); strings.Contains(shown, token) {
		t.Errorf("the token is shown: %s", shown)
	}
}
