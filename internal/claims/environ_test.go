package claims_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/claims"
)

func newModule(t *testing.T, name, version string, change func(*claims.Module)) claims.Module {
	t.Helper()
	m, err := claims.NewModule(name, version, claims.Bearer)
	if err != nil {
		t.Fatal(err)
	}
	change(&m)
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	return m
}

// keystoneStyle is how Keystone's documentation configures the module.
func keystoneStyle(m *claims.Module) {
	m.Prefix = "OIDC-"
	if m.Name == claims.AuthOpenIDC {
		m.Delimiter = ";"
	}
}

func environOf(t *testing.T, m claims.Module, src string) claims.Environ {
	t.Helper()
	c, list := claims.Read("in", []byte(src))
	if list.HasErrors() {
		t.Fatalf("%q", said(list))
	}
	return m.Environ(c)
}

// TestNotes: what people are told beside a value. The values themselves are
// compared with the running modules.
func TestNotes(t *testing.T) {
	for name, c := range map[string]struct{ version, claim, value, want string }{
		"text":                    {"2.4.12.3", "a", `"x"`, ""},
		"boolean":                 {"2.4.12.3", "a", `true`, "true is passed as 1"},
		"real":                    {"2.4.12.3", "a", `0.5`, "this is how APR writes 0.5"},
		"object":                  {"2.4.12.3", "a", `{}`, "an object is passed as JSON text in one value; rules cannot read its members"},
		"list":                    {"2.4.12.3", "a", `["x","y"]`, `a list, joined with ";"`},
		"empty list":              {"2.4.12.3", "a", `[]`, "an empty list is passed as an empty value"},
		"list with numbers":       {"2.4.12.3", "a", `["x",1,{}]`, `a list, joined with ";"; 2 of its 3 elements are neither text nor boolean, and are not passed`},
		"delimiter in an item":    {"2.4.12.3", "a", `["x;y"]`, `a list, joined with ";"; an element holds the delimiter itself, which nobody can tell from its end`},
		"delimiter, newer":        {"2.4.20.3", "a", `["x;y"]`, `a list, joined with ";"; an element holds the delimiter, which the module escapes with a backslash; Keystone knows no escape and splits there`},
		"UTF-8":                   {"2.4.12.3", "a", `"ü"`, "UTF-8, of which WSGI makes one character per byte"},
		"beyond latin1":           {"2.4.17", "a", `"€"`, "characters that ISO-8859-1 does not have became ?"},
		"an odd name":             {"2.4.12.3", "a:b", `"x"`, "characters that no header's name may have became dashes"},
		"line feed":               {"2.4.12.3", "a", `"x\ny"`, ""},
		"a name that comes again": {"2.4.12.3", "SUB", `"x"`, `claim "sub" came first with the same name, and is lost`},
	} {
		t.Run(name, func(t *testing.T) {
			e := environOf(t, newModule(t, claims.AuthOpenIDC, c.version, keystoneStyle), `{"sub":"u","`+c.claim+`":`+c.value+`}`)
			for _, v := range e.Variables {
				if v.Claim == c.claim && !strings.HasPrefix(v.Name, "HTTP_") && v.Note != c.want {
					t.Errorf("%s: %q, want %q", v.Name, v.Note, c.want)
				}
			}
		})
	}
}

func TestMissing(t *testing.T) {
	for name, c := range map[string]struct {
		module claims.Module
		src    string
		want   []claims.Missing
	}{
		"null": {newModule(t, claims.AuthOpenIDC, "2.4.12.3", keystoneStyle), `{"sub":"u","a":null}`, []claims.Missing{{"", "a", "null is not passed"}}},
		"underscore and dot": {newModule(t, claims.AuthOpenIDC, "2.4.12.3", keystoneStyle), `{"sub":"u","a_b":"1","c.d":"2"}`, []claims.Missing{
			{"HTTP_OIDC_A_B", "a_b", "httpd drops the header form, because its name holds '_'; only the environment form arrives"},
			{"HTTP_OIDC_C_D", "c.d", "httpd drops the header form, because its name holds '.'; only the environment form arrives"}}},
		"environment alone": {newModule(t, claims.AuthOpenIDC, "2.4.12.3", func(m *claims.Module) { keystoneStyle(m); m.PassAs = claims.Environment }),
			`{"sub":"u","a_b":"1"}`, nil},
		"nothing": {newModule(t, claims.OAuth2, "3.3.1", func(m *claims.Module) { m.PassAs = claims.Nothing }), `{"sub":"u"}`,
			[]claims.Missing{{"", "sub", "the module is told to pass no claims"}}},
		"httpd's own": {newModule(t, claims.AuthOpenIDC, "2.4.12.3", func(m *claims.Module) { m.Prefix, m.PassAs = "", claims.Environment }),
			`{"sub":"u","Path_Info":"/x"}`, []claims.Missing{{"Path_Info", "Path_Info", "httpd or mod_wsgi sets a variable of this name itself"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, environOf(t, c.module, c.src).Missing, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for src, want := range map[string]string{
		`{"sub":"u"}`:                              "",
		`{}`:                                       `claim "sub", which names the user for httpd, is missing or no string`,
		`{"sub":1}`:                                `claim "sub", which names the user for httpd, is missing or no string`,
		`{"sub":"u","a":9223372036854775808}`:      `an integer beyond 64 bits (in "a")`,
		`{"sub":"u","a":{"b":[1e999]}}`:            `a number too large for a double (in "b") (in "a")`,
		`{"sub":"u","a":"\u0000"}`:                 `a string holds \u0000 (in "a")`,
		`{"sub":"u","\u0000":1}`:                   `a name holds \u0000`,
		`{"sub":"u","a":1e-999,"b":-1,"c":[true]}`: "",
	} {
		for _, name := range []string{claims.AuthOpenIDC, claims.OAuth2} {
			e := environOf(t, newModule(t, name, "3.3.1", func(*claims.Module) {}), src)
			if e.Refused != want || want != "" && len(e.Variables) > 0 {
				t.Errorf("%s %s: %q, want %q", name, src, e.Refused, want)
			}
		}
	}
}

// TestStray: 2.4.20.3 without an encoding.
func TestStray(t *testing.T) {
	e := environOf(t, newModule(t, claims.AuthOpenIDC, "2.4.20.3", func(m *claims.Module) { keystoneStyle(m); m.Encoding = claims.Raw }), `{"sub":"u","uid":7}`)
	for _, v := range e.Variables {
		if v.Chance != (v.Name == "OIDC-uid") {
			t.Errorf("%s: chance %v", v.Name, v.Chance)
		}
	}
	if _, taken := claims.Assertion(e, "zed", "")["OIDC-uid"]; taken {
		t.Error("chance is taken for a value")
	}
}

func TestBrowser(t *testing.T) {
	m, err := claims.NewModule(claims.AuthOpenIDC, "2.4.12.3", claims.Browser)
	if err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]string{
		`{"sub":"u","iss":"https://issuer.example/realm/"}`: "u@issuer.example/realm/",
		`{"sub":"ü","iss":"http://issuer.example"}`:         "Ã¼@http://issuer.example",
	} {
		if got, _ := environOf(t, m, src).Get("REMOTE_USER"); got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	c, _ := claims.Read("in", []byte(`{"OIDC-a":"x;y","n":1,"l":["x"],"HTTP_X":""}`))
	e := claims.Plain(c)
	want := []claims.Variable{{Name: "OIDC-a", Value: "x;y", Claim: "OIDC-a"}, {Name: "HTTP_X", Claim: "HTTP_X"}}
	if diff := cmp.Diff(want, e.Variables); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	missing := []claims.Missing{
		{"n", "n", "a number is no environment variable: without a module only strings are taken"},
		{"l", "l", "an array is no environment variable: without a module only strings are taken"},
	}
	if diff := cmp.Diff(missing, e.Missing); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestKnows(t *testing.T) {
	openidc := environOf(t, newModule(t, claims.AuthOpenIDC, "2.4.12.3", keystoneStyle), `{"sub":"u"}`)
	oauth2 := environOf(t, newModule(t, claims.OAuth2, "3.3.1", keystoneStyle), `{"sub":"u"}`)
	c, _ := claims.Read("in", []byte(`{}`))
	for name, known := range map[string][3]bool{ // mod_auth_openidc, mod_oauth2, none
		"OIDC-groups":            {false, false, false},
		"HTTP_OIDC_GROUPS":       {false, false, true},
		"HTTP_X_REAL_IP":         {true, true, true},
		"HTTP_":                  {false, false, false},
		"REMOTE_USER":            {true, true, true},
		"SSL_CLIENT_S_DN":        {true, true, true},
		"OIDC_access_token":      {true, false, false},
		"OIDC_scope":             {false, false, false},
		"OIDC-access_token":      {false, true, false},
		"mod_wsgi.process_group": {true, true, true},
		"":                       {false, false, false},
		"remote_user":            {false, false, false},
	} {
		got := [3]bool{openidc.Knows(name) != "", oauth2.Knows(name) != "", claims.Plain(c).Knows(name) != ""}
		if got != known {
			t.Errorf("%q: %v, want %v", name, got, known)
		}
	}
}

func TestNewModule(t *testing.T) {
	for name, c := range map[string]struct {
		module, version string
		flow            claims.Flow
		want            claims.Module
		wrong           string
	}{
		"Debian 11":  {claims.AuthOpenIDC, "2.4.9.4", claims.Bearer, claims.Module{Jansson: "2.14", Prefix: "OIDC_CLAIM_", Delimiter: ",", PassAs: "both", Encoding: "none", RemoteUser: "sub"}, ""},
		"Debian 13":  {claims.AuthOpenIDC, "2.4.17", claims.Browser, claims.Module{Jansson: "2.14", Prefix: "OIDC_CLAIM_", Delimiter: ",", PassAs: "both", Encoding: "latin1", RemoteUser: "sub@"}, ""},
		"newest":     {claims.AuthOpenIDC, "2.4.20.3", claims.Bearer, claims.Module{Jansson: "2.15.1", Prefix: "OIDC_CLAIM_", Delimiter: ",", PassAs: "both", Encoding: "latin1", RemoteUser: "sub"}, ""},
		"oauth2":     {claims.OAuth2, "3.3.1", claims.Bearer, claims.Module{Jansson: "2.14", Prefix: "OAUTH2_CLAIM_", PassAs: "both", Encoding: "none", RemoteUser: "sub"}, ""},
		"no module":  {"mod_shib", "3.4.1", claims.Bearer, claims.Module{}, `module "mod_shib" is unknown, expected mod_auth_openidc or mod_oauth2`},
		"no version": {claims.AuthOpenIDC, "bookworm", claims.Bearer, claims.Module{}, `module version "bookworm" is not a version, expected one such as 2.4.12.3`},
		"no browser": {claims.OAuth2, "3.3.1", claims.Browser, claims.Module{}, "mod_oauth2 takes bearer tokens only, no logins in the browser"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := claims.NewModule(c.module, c.version, c.flow)
			if c.wrong != "" {
				if err == nil || err.Error() != c.wrong {
					t.Errorf("error %v, want %s", err, c.wrong)
				}
				return
			}
			c.want.Name, c.want.Version = c.module, c.version
			if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		module, version string
		change          func(*claims.Module)
		want            string
	}{
		"latin1 too early":    {claims.AuthOpenIDC, "2.4.9.4", func(m *claims.Module) { m.Encoding = claims.Latin1 }, "mod_auth_openidc knows the encoding latin1 from 2.4.12.1 on, not at 2.4.9.4"},
		"base64url too early": {claims.AuthOpenIDC, "2.4.5", func(m *claims.Module) { m.Encoding = claims.Base64URL }, "mod_auth_openidc knows the encoding base64url from 2.4.6 on, not at 2.4.5"},
		"odd encoding":        {claims.AuthOpenIDC, "2.4.17", func(m *claims.Module) { m.Encoding = "utf-8" }, `encoding "utf-8" is unknown, expected none, latin1 or base64url`},
		"odd way":             {claims.AuthOpenIDC, "2.4.17", func(m *claims.Module) { m.PassAs = "cookie" }, `claims cannot be passed as "cookie", expected both, environment, headers or none`},
		"no delimiter":        {claims.AuthOpenIDC, "2.4.17", func(m *claims.Module) { m.Delimiter = "" }, "the delimiter is empty, which httpd refuses"},
		"oauth2 delimiter":    {claims.OAuth2, "3.3.1", func(m *claims.Module) { m.Delimiter = ";" }, "mod_oauth2 has no delimiter: it passes lists as JSON text"},
		"oauth2 encoding":     {claims.OAuth2, "3.3.1", func(m *claims.Module) { m.Encoding = claims.Latin1 }, "mod_oauth2 has no encodings"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := claims.NewModule(c.module, c.version, claims.Bearer)
			if err != nil {
				t.Fatal(err)
			}
			c.change(&m)
			if err := m.Check(); err == nil || err.Error() != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

func TestAssertion(t *testing.T) {
	utf8 := environOf(t, newModule(t, claims.AuthOpenIDC, "2.4.12.3", keystoneStyle), `{"sub":"ü"}`)
	latin := environOf(t, newModule(t, claims.AuthOpenIDC, "2.4.17", keystoneStyle), `{"sub":"ü"}`)
	lines, _ := claims.Read("in", []byte("OIDC-sub: Ã¼"))
	for release, decodes := range map[string]bool{
		"wallaby": false, "zed": false, "2024.2": false, "2025.1": true, "2026.1": true, "master": true,
		"19.0.1": false, "26.1.1": false, "27.0.0": false, "27.0.1": true, "27.1.0": true, "28.0.0": false, "28.0.1": true, "29.0.0": false, "29.0.1": true, "30.0.0": true,
	} {
		want := map[bool]string{true: "ü", false: "Ã¼"}[decodes]
		if got := claims.Assertion(utf8, release, "OIDC-")["OIDC-sub"]; got != want {
			t.Errorf("%s: %q, want %q", release, got, want)
		}
		if got := claims.Assertion(latin, release, "OIDC-")["OIDC-sub"]; got != "ü" {
			t.Errorf("%s: %q of a module that passes ISO-8859-1", release, got)
		}
		if got := claims.Assertion(claims.Plain(lines), release, "")["OIDC-sub"]; got != "Ã¼" {
			t.Errorf("%s: %q of Keystone's own test input", release, got)
		}
	}
	if diff := cmp.Diff(map[string]string{"HTTP_OIDC_SUB": "ü"}, claims.Assertion(latin, "zed", "HTTP_")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
