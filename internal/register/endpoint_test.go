package register_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

func TestParseEndpoint(t *testing.T) {
	cases := map[string]struct{ form, url, id, secret string }{
		"all of it":             {"https://id:canary@sso.example.org/realms/corp", "https://sso.example.org/realms/corp", "id", "canary"},
		"a port":                {"https://id:canary@[::1]:8443", "https://[::1]:8443", "id", "canary"},
		"percent-encoded":       {"https://a%40b:c%2Fa%3Fn%23a%25r%3Ay@h/", "https://h/", "a@b", "c/a?n#a%r:y"},
		"a colon in the secret": {"https://id:can:ary@h", "https://h", "id", "can:ary"},
		"no credentials":        {"https://sso.example.org/realms/corp", "https://sso.example.org/realms/corp", "", ""},
		"a line feed behind it": {"https://id:canary@h\n", "https://h", "id", "canary"},
		"an encoded path":       {"https://id:canary@h/realms/a%2Fb", "https://h/realms/a%2Fb", "id", "canary"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := register.ParseEndpoint(secret.New(c.form))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{c.url, c.id, c.secret}, []string{got.URL, got.ID, got.Secret.Reveal()}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestParseEndpointRefuses: no error holds any of what may be a secret.
func TestParseEndpointRefuses(t *testing.T) {
	for form, want := range map[string]string{
		"":                               "is not https",
		"http://id:canary@h":             "is not https",
		"id:canary@h":                    "is not",
		"https://id:canary@":             "has no host",
		"https://id:can/ary@h/realms/x":  "is not a URL",
		"https://id:canary?x@h":          "is not a URL",
		"https://id:canary@h/?canary=1":  "has a query",
		"https://id:canary@h/#canary":    "has a query",
		"https://id:canary@h/?":          "has a query",
		"https://id@h/canary":            "without a secret",
		"https://id:@h/canary":           "without a secret",
		"https://:canary@h":              "without a secret",
		"https://id:can%ary@h":           "is not a URL",
		"https://id:canary%0a@h":         "control character",
		"https://id:canary@h\nX: canary": "is not a URL",
		"https://id:canärý@h":            "is not a URL",
	} {
		got, err := register.ParseEndpoint(secret.New(form))
		if err == nil {
			t.Errorf("%q is taken: %v", form, got)
			continue
		}
		if text := err.Error(); !strings.Contains(text, want) || strings.Contains(text, "canary") || strings.Contains(text, "ary@") {
			t.Errorf("%q: %s", form, text)
		}
	}
}

func FuzzParseEndpoint(f *testing.F) {
	f.Add("id", "canary", "h")
	f.Fuzz(func(t *testing.T, id, password, host string) {
		got, err := register.ParseEndpoint(secret.New("https://" + id + ":" + password + "@" + host))
		if err != nil {
			return
		}
		if again, err := register.ParseEndpoint(secret.New(got.URL)); err != nil || again.ID != "" || again.URL != got.URL {
			t.Errorf("what is shown is no issuer without credentials: %q, %v", got.URL, err)
		}
	})
}
