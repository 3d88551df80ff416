package httpdconf_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

func TestQuote(t *testing.T) {
	cases := map[string]struct{ value, want, always string }{
		"plain":              {"claim", `claim`, `"claim"`},
		"issuer":             {"iss:https://sso.example.org/realms/corp", `iss:https://sso.example.org/realms/corp`, `"iss:https://sso.example.org/realms/corp"`},
		"empty":              {"", `""`, `""`},
		"space":              {"openid email", `"openid email"`, `"openid email"`},
		"double quote":       {`a"b`, `"a\"b"`, `"a\"b"`},
		"single quote":       {`'a'`, `"'a'"`, `"'a'"`},
		"backslash":          {`a\b`, `"a\\b"`, `"a\\b"`},
		"backslash at end":   {`a\`, `"a\\"`, `"a\\"`},
		"comment sign":       {"#a", `"#a"`, `"#a"`},
		"section":            {"<a>", `"<a>"`, `"<a>"`},
		"dollar":             {"a$b$", `a$b$`, `"a$b$"`},
		"not ASCII":          {"Zürich", `"Zürich"`, `"Zürich"`},
		"replacement itself": {"\uFFFD", "\"\uFFFD\"", "\"\uFFFD\""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got, err := httpdconf.Quote(c.value); got != c.want || err != nil {
				t.Errorf("Quote: got %s, %v; want %s", got, err, c.want)
			}
			if got, err := httpdconf.QuoteAlways(c.value); got != c.always || err != nil {
				t.Errorf("QuoteAlways: got %s, %v; want %s", got, err, c.always)
			}
		})
	}
}

func TestQuoteRefuses(t *testing.T) {
	cases := map[string]struct{ value, want string }{
		"line feed":         {"hunter2\n", "control character 0x0a at byte 7"},
		"NUL":               {"\x00hunter2", "control character 0x00 at byte 0"},
		"tab":               {"hunter\t2", "control character 0x09 at byte 6"},
		"delete":            {"hunter2\x7f", "control character 0x7f at byte 7"},
		"variable":          {"hunter2${HOME}", "${ at byte 7"},
		"half a variable":   {"${hunter2", "${ at byte 0"},
		"half a character":  {"hunter2\xc3", "byte 0xc3 at byte 7 is not valid UTF-8"},
		"surrogate":         {"hunter2\xed\xa0\x80", "byte 0xed at byte 7 is not valid UTF-8"},
		"longer than lines": {strings.Repeat("hunter2", 1<<20), "7340032 bytes are more than"},
	}
	for name, c := range cases {
		for kind, quote := range map[string]func(string) (string, error){"Quote": httpdconf.Quote, "QuoteAlways": httpdconf.QuoteAlways} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				got, err := quote(c.value)
				if err == nil || got != "" || !strings.Contains(err.Error(), c.want) {
					t.Fatalf("got %.40q, %v; want an error with %q and no value", got, err, c.want)
				}
				if strings.Contains(err.Error(), "hunter2") {
					t.Errorf("the error shows the value: %v", err)
				}
			})
		}
	}
}

func TestSecret(t *testing.T) {
	for _, name := range []string{"OIDCClientSecret", "oidccryptopassphrase", "OIDCOAuthClientSecret", "OIDCRedisCachePassword", "RequestHeader", "OIDCNewFancySecret", "OIDCOAuthVerifySharedKeys"} {
		if !httpdconf.Secret(name) {
			t.Errorf("%s is not taken for a secret", name)
		}
	}
	for _, name := range []string{"Require", "OIDCClientID", "ServerName", "OIDCRedirectURI", "Location", ""} {
		if httpdconf.Secret(name) {
			t.Errorf("%s is taken for a secret", name)
		}
	}
}
