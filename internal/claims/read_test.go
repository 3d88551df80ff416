package claims_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
)

func encoded(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

const rs256 = `{"alg":"RS256","kid":"1"}`

func token(payload string) string { return encoded(rs256) + "." + encoded(payload) + ".c2lnbmF0dXJl" }

// said draws findings as people see them.
func said(list finding.List) []string {
	var out []string
	for _, f := range list {
		text := fmt.Sprintf("%s %s %s: %s", f.At, f.Severity, f.Slug, f.Message)
		if f.Hint != "" {
			text += " | " + f.Hint
		}
		out = append(out, text)
	}
	return out
}

func members(pairs ...any) claims.Object {
	o := claims.Object{}
	for i := 0; i < len(pairs); i += 2 {
		o = append(o, claims.Claim{Name: pairs[i].(string), Value: pairs[i+1]})
	}
	return o
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		form claims.Form
		want claims.Object
	}{
		"empty object":        {`{}`, claims.JSON, members()},
		"order and numbers":   {` {"z":1.50, "a":1e2,"m":-0}` + "\n", claims.JSON, members("z", json.Number("1.50"), "a", json.Number("1e2"), "m", json.Number("-0"))},
		"nested":              {`{"o":{"b":[1,{"a":null}],"a":true}}`, claims.JSON, members("o", members("b", claims.List{json.Number("1"), members("a", nil)}, "a", true))},
		"escapes":             {`{"a":"\"\\\/\b\f\n\r\tü\u00fc\ud83d\ude00"}`, claims.JSON, members("a", "\"\\/\b\f\n\r\tüü😀")},
		"NUL by an escape":    {`{"a":"\u0000"}`, claims.JSON, members("a", "\x00")},
		"a big integer":       {`{"a":123456789012345678901234567890}`, claims.JSON, members("a", json.Number("123456789012345678901234567890"))},
		"a token":             {token(`{"sub":"alice"}`), claims.JWT, members("sub", "alice")},
		"a token in a header": {"Bearer " + token(`{"sub":"alice"}`) + "\n", claims.JWT, members("sub", "alice")},
		"a token with padding": {base64.URLEncoding.EncodeToString([]byte(rs256)) + "." + base64.URLEncoding.EncodeToString([]byte(`{"sub":"alice"}`)) + ".",
			claims.JWT, members("sub", "alice")},
		"lines":               {"# no comment: x\n\n EMAIL : me@example.com \r\nGROUPS: a;b: c\n:empty name\nURL:\n", claims.Lines, members("# no comment", "x", "EMAIL", "me@example.com", "GROUPS", "a;b: c", "", "empty name", "URL", "")},
		"lines by other ends": {"a:1\x0bb:2\x1cc:3\u2028d:4\u0085e:5", claims.Lines, members("a", "1", "b", "2", "c", "3", "d", "4", "e", "5")},
		"lines of odd blanks": {"\u00a0a\u3000:\x1f1\u2003", claims.Lines, members("a", "1")},
	} {
		t.Run(name, func(t *testing.T) {
			got, list := claims.Read("in", []byte(c.src))
			if len(list) > 0 {
				t.Fatalf("%q", said(list))
			}
			if got.Form != c.form {
				t.Errorf("form %d, want %d", got.Form, c.form)
			}
			if diff := cmp.Diff(c.want, got.Object, cmpopts.IgnoreFields(claims.Claim{}, "At")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"empty":                 {"", "in:1:1 error claims-empty: no claims: the input is empty"},
		"blank":                 {" \n\t", "in:1:1 error claims-empty"},
		"byte order mark":       {"\ufeff{}", "in:1:1 error byte-order-mark"},
		"binary":                {"{\"a\":\n \"\xff\"}", "in:2:3 error claims-binary: byte 0xff is not UTF-8 text"},
		"NUL":                   {"{\"a\": \x00}", "in:1:7 error claims-binary: a NUL byte"},
		"too large":             {`{"a":"` + strings.Repeat("x", claims.MaxSize) + `"}`, "in error claims-too-large: more than 1048576 bytes"},
		"an array":              {`[1]`, "in:1:1 error claims-not-object: an array, expected an object"},
		"a string":              {`"x"`, "in:1:1 error claims-not-object: a string"},
		"no end":                {`{"a":`, "in:1:6 error claims-json: the input ends here, expected a value"},
		"no end of a string":    {`{"a":"x`, "in:1:6 error claims-json: this string has no end"},
		"more behind":           {"{} {}", "in:1:4 error claims-json: '{' is not JSON here, expected the end of the input"},
		"comma at the end":      {"{\"a\":1,\n}", "in:2:1 error claims-json: '}' is not JSON here, expected another item behind the comma | take the comma before it away"},
		"no comma":              {`{"ü":1 "b":2}`, "in:1:8 error claims-json: '\"' is not JSON here, expected a comma or '}'"},
		"no colon":              {`{"a" 1}`, "in:1:6 error claims-json: '1' is not JSON here, expected a colon"},
		"no quotes":             {`{a:1}`, "in:1:2 error claims-json: 'a' is not JSON here, expected a name in double quotes"},
		"single quotes":         {`{"a":'x'}`, "in:1:6 error claims-json: '\\'' is not JSON here, expected a value | JSON strings stand in double quotes"},
		"Python":                {`{"a":True}`, "in:1:6 error claims-json: 'T' is not JSON here, expected a value | this is Python's spelling; JSON writes true, false, null"},
		"a comment":             {"{\n// x\n}", "in:2:1 error claims-json: '/' is not JSON here, expected a name in double quotes | JSON has no comments"},
		"NaN":                   {`{"a":NaN}`, "in:1:6 error claims-json: 'N' is not JSON here, expected a value | JSON has no such number; a token cannot carry it"},
		"a leading zero":        {`{"a":01}`, `in:1:6 error claims-json: "01" is not a JSON number`},
		"a number that ends":    {`{"a":1.}`, `in:1:6 error claims-json: "1." is not a JSON number`},
		"a lone minus":          {`{"a":-}`, "in:1:7 error claims-json: '}' is not JSON here, expected a digit"},
		"a line feed":           {"{\"a\":\"x\ny\"}", `in:1:8 error claims-json: '\n' is not JSON here, expected the string's end, or an escape such as \n`},
		"a wrong escape":        {`{"a":"\x41"}`, `in:1:7 error claims-json: '\\' is not JSON here, expected an escape`},
		"half a character":      {`{"a":"\ud83d!"}`, "in:1:7 error claims-json: half of a surrogate pair"},
		"the other half":        {`{"a":"\ude00"}`, "in:1:7 error claims-json: half of a surrogate pair"},
		"too deep":              {strings.Repeat(`{"a":`, 2049), "error claims-json: nested deeper than 2048 levels"},
		"an encrypted token":    {"eyJh.b.c.d.e", "in:1:1 error token-encrypted: an encrypted token (JWE, five parts)"},
		"a token of two parts":  {"eyJh.b", "in:1:1 error token-malformed: a token of 2 parts joined by dots, expected 3"},
		"an opaque token":       {"2YotnFZFEjr1zCsicMWpAA", "in:1:1 error claims-unknown-form: one word of 22 bytes is neither"},
		"prose":                 {"hello world", "in:1:1 error claims-unknown-form: a line of 11 bytes is neither"},
		"a header of no JSON":   {"YQ." + encoded("{}") + ".", "in:1:1 error token-malformed: the token's header holds no JSON object"},
		"a payload of no JSON":  {encoded(rs256) + "." + encoded("{\n \"a\":}") + ".x", "in:1:36 error claims-json: the token's payload, line 2 column 6: '}' is not JSON here"},
		"a payload of base64":   {encoded(rs256) + ".====.x", "error token-malformed: the token's payload holds no JSON object"},
		"a name with dots":      {"not.a.jwt", "in:1:1 error token-malformed: the token's header holds no JSON object: this has the dots of a JWT, but is none"},
		"a payload out of step": {encoded(rs256) + ".a.x", "error token-malformed: the token's payload is not base64url"},
		"a line without colon":  {"a: 1\n  b 2  \nc: 3", "in:2:3 error claims-line: \"b 2\" has no colon, expected `key: value`"},
	} {
		t.Run(name, func(t *testing.T) {
			got, list := claims.Read("in", []byte(c.src))
			if got != nil || len(list) != 1 || !strings.Contains(strings.Join(said(list), "\n"), c.want) {
				t.Errorf("got %v, findings\n%s\nwant\n%s", got, strings.Join(said(list), "\n"), c.want)
			}
		})
	}
}

func TestReadWarns(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []string
		at   claims.Object
	}{
		"a name again": {"{\"a\":1,\"b\":2,\n\"a\":3}", []string{`in:2:1 warning claim-repeated: "a" stands here again; the last value counts | keep one of them`},
			members("a", json.Number("3"), "b", json.Number("2"))},
		"a line again": {"a: 1\na: 2", []string{`in:2:1 warning claim-repeated: "a" stands here again; the last value counts | keep one of them`}, members("a", "2")},
		"an answer with tokens": {`{"access_token":"x","token_type":"Bearer"}`,
			[]string{"in:1:2 warning claims-token-response: this is an issuer's answer with tokens, not claims; its members are taken as claims | give the value of access_token or id_token alone"},
			members("access_token", "x", "token_type", "Bearer")},
	} {
		t.Run(name, func(t *testing.T) {
			got, list := claims.Read("in", []byte(c.src))
			if diff := cmp.Diff(c.want, said(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.at, got.Object, cmpopts.IgnoreFields(claims.Claim{}, "At")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTokensAreNotShown: neither findings nor the text for excerpts hold a token.
func TestTokensAreNotShown(t *testing.T) {
	for name, src := range map[string]string{
		"a token":          token(`{"sub":"alice"}`),
		"a broken payload": encoded(rs256) + "." + encoded(`{"sub":`) + ".c2VjcmV0",
		"a broken header":  "eyJhbGciOi." + encoded(`{}`) + ".c2VjcmV0",
		"two parts":        encoded(rs256) + ".c2VjcmV0",
		"five parts":       encoded(rs256) + ".c2VjcmV0.c2VjcmV0.c2VjcmV0.c2VjcmV0",
		"an opaque token":  "c2VjcmV0c2VjcmV0",
		"within JSON":      `{"access_token":"` + token(`{}`) + `" oops`,
		"within lines":     "OIDC_access_token " + token(`{}`) + "\na: 1",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "in")
			if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
				t.Fatal(err)
			}
			_, shown, list, err := claims.ReadFile(path, nil)
			if err != nil || shown != nil {
				t.Fatalf("err %v, shown %q", err, shown)
			}
			if text := strings.Join(said(list), "\n"); strings.Contains(text, "c2VjcmV0") || strings.Contains(text, "c2lnbmF0dXJl") {
				t.Errorf("a finding shows the token: %s", text)
			}
		})
	}
}

func TestShown(t *testing.T) {
	for src, want := range map[string]string{
		"alice":                         "alice",
		"a.b.c":                         "a.b.c",
		token(`{}`):                     fmt.Sprintf("<token of %d bytes>", len(token(`{}`))),
		"x " + token(`{"a":1}`) + " y":  fmt.Sprintf("x <token of %d bytes> y", len(token(`{"a":1}`))),
		"everyone.example.org":          "everyone.example.org",
		"ey.example.org is an old name": "ey.example.org is an old name",
	} {
		if got := claims.Shown(src); got != want {
			t.Errorf("Shown(%q) = %q, want %q", src, got, want)
		}
	}
}

// endless counts what is taken from it.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	e.taken += len(p)
	return copy(p, strings.Repeat("x", len(p))), nil
}

func TestReadFileStopsInTime(t *testing.T) {
	in := &endless{}
	got, shown, list, err := claims.ReadFile(claims.Stdin, in)
	if err != nil || got != nil || shown != nil || len(list) != 1 || list[0].Slug != "claims-too-large" {
		t.Errorf("%v %v %v", got, said(list), err)
	}
	if in.taken > 4*claims.MaxSize {
		t.Errorf("%d bytes were taken", in.taken)
	}
}

// TestReadTakesLinearTime: each of these would take hours if it did not.
func TestReadTakesLinearTime(t *testing.T) {
	const most = claims.MaxSize
	for name, src := range map[string]string{
		"lines":           strings.Repeat("a:\n", most/3),
		"one line":        "a:" + strings.Repeat(" x", most/2-2),
		"no line end":     strings.Repeat("a", most),
		"brackets":        strings.Repeat("[", most),
		"names":           "{" + strings.TrimSuffix(strings.Repeat(`"a":1,`, most/6-2), ",") + "}",
		"names on lines":  "{" + strings.TrimSuffix(strings.Repeat("\"a\":1,\n", most/7-2), ",\n") + "}",
		"escapes":         `{"a":"` + strings.Repeat(`\n`, most/2-8) + `"}`,
		"digits":          `{"a":` + strings.Repeat("1", most-10) + `}`,
		"list":            `{"a":[` + strings.Repeat("1,", most/2-10) + `1]}`,
		"strings":         `{"a":[` + strings.Repeat(`"",`, most/3-10) + `""]}`,
		"dots":            strings.Repeat("e.", most/2),
		"a long token":    strings.Repeat("ey", most/2-2) + ".e.e",
		"names that end":  "{" + strings.Repeat(`"a":{`, most/6),
		"delimiters":      `{"sub":"a","a":["` + strings.Repeat(`;\\`, most/3-16) + `"]}`,
		"characters":      `{"sub":"a","a":"` + strings.Repeat("ü", most/2-16) + `"}`,
		"different names": "{" + strings.TrimSuffix(repeated(60000, `"name%d":1.5`), ",") + "}",
	} {
		t.Run(name, func(t *testing.T) {
			if c, _ := claims.Read("in", []byte(src)); c != nil {
				everyModule(t, c)
			}
		})
	}
}

func TestReadFile(t *testing.T) {
	got, shown, list, err := claims.ReadFile(claims.Stdin, strings.NewReader(`{"sub":"alice"}`))
	if err != nil || len(list) > 0 || string(shown) != `{"sub":"alice"}` || len(got.Object) != 1 {
		t.Errorf("%v %q %v %v", got, shown, said(list), err)
	}
	for _, path := range []string{t.TempDir(), "/nonexistent", "/dev/zero"} {
		if _, _, _, err := claims.ReadFile(path, io.LimitReader(nil, 0)); err == nil {
			t.Errorf("%s is read", path)
		}
	}
}

func TestAbout(t *testing.T) {
	for src, want := range map[string]string{
		`{}`:        "a JSON object",
		"a: b":      "`key: value` lines, as keystone-manage mapping_engine takes them",
		token(`{}`): "the payload of a JWT (RS256), whose signature and dates were not checked",
	} {
		c, list := claims.Read("in", []byte(src))
		if len(list) > 0 || c.About() != want {
			t.Errorf("%q: %v %v", src, c, said(list))
		}
	}
}
