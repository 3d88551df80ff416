package bearer

import (
	"net/url"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

func TestKeyLength(t *testing.T) {
	for name, c := range map[string]struct {
		word string
		want int
	}{
		"bare":            {"0123456789", 10},
		"plain":           {"plain#kid#0123456789", 10},
		"no key id":       {"plain##0123456789", 10},
		"for signatures":  {"sig:plain#kid#0123456789", 10},
		"with a hash":     {"plain#kid#01#34#6789", 10},
		"base64":          {"b64#kid#MDEyMzQ1Njc4OQ==", 10},
		"base64 unpadded": {"b64#kid#MDEyMzQ1Njc4OQ", 10},
		"base64url":       {"b64url#kid#MDEyMzQ1Njc4OQ", 10},
		"hex":             {"hex#kid#30313233343536373839", 10},
		"empty":           {"", 0},
	} {
		if got := keyLength(c.word); got != c.want {
			t.Errorf("%s: %d bytes, want %d", name, got, c.want)
		}
	}
}

func TestMalformed(t *testing.T) {
	for address, want := range map[string]string{
		"https://op1.example.org/jwks":      "",
		"https://op1.example.org:8443/jwks": "",
		"https://[2001:db8::1]/jwks":        "",
		"HTTPS://op1.example.org/jwks":      "",
		"https:///jwks":                     "has no host",
		"https://":                          "has no host",
		"https://:8443/jwks":                "has no host",
		"https://op1.example.org /jwks":     "has a blank in it",
		"https://op1.example.org#jwks":      "has a fragment, which is never sent",
		"https://op1.example.org/%zz":       "is no URL",
		"op1.example.org/jwks":              "", // httpd refuses it
		"ftp://op1.example.org/jwks":        "", // likewise
	} {
		if got := malformed(address); got != want {
			t.Errorf("%s %q, want %q", address, got, want)
		}
	}
}

func TestOwner(t *testing.T) {
	issuers := map[string]bool{"https://sso.example.org/realms/a": true, "https://op1.example.org": true, "https://op2.example.org/": true}
	for address, want := range map[string]string{
		"https://sso.example.org/realms/a/protocol/openid-connect/certs":  "https://sso.example.org/realms/a",
		"https://sso.example.org/realms/ab/protocol/openid-connect/certs": "",
		"https://op1.example.org/jwks":                                    "https://op1.example.org",
		"https://op2.example.org/jwks":                                    "https://op2.example.org/",
		"https://op1.example.org.evil.example/jwks":                       "",
		"https://": "",
		"jwks":     "",
	} {
		if got := owner(address, issuers); got != want {
			t.Errorf("%s is at %q, want %q", address, got, want)
		}
	}
}

func TestLooksAt(t *testing.T) {
	for name, c := range map[string]struct {
		words []string
		want  bool
	}{
		"a value":        {[]string{"claim", "aud:keystone"}, true},
		"an expression":  {[]string{"claim", "aud~^key"}, true},
		"of mod_oauth2":  {[]string{"oauth2_claim", "aud:keystone"}, true},
		"another claim":  {[]string{"claim", "audience:keystone"}, false},
		"in its value":   {[]string{"claim", "sub:aud"}, false},
		"jq":             {[]string{"claims_expr", `.aud == "keystone"`}, true},
		"the request":    {[]string{"expr", "%{reqenv:OIDC-aud} == 'keystone'"}, true},
		"something else": {[]string{"valid-user"}, false},
		"a name alone":   {[]string{"user", "aud"}, false},
	} {
		if got := looksAt(c.words, []string{"aud"}); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestWithoutID(t *testing.T) {
	for name, c := range map[string]struct {
		words []string
		want  string
	}{
		"an id":            {[]string{"kid#/k.pem"}, ""},
		"for signatures":   {[]string{"sig:kid#/k.pem"}, ""},
		"none":             {[]string{"/k.pem"}, "/k.pem"},
		"an empty one":     {[]string{"#/k.pem"}, "/k.pem"},
		"of the second":    {[]string{"kid#/k.pem", "sig:/l.pem"}, "/l.pem"},
		"none for nothing": {nil, ""},
	} {
		if got := withoutID(c.words); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestUnchecked(t *testing.T) {
	for options, want := range map[string]string{
		"jwks_uri.ssl_verify=false":              "jwks_uri.ssl_verify=false",
		"verify.cache=a&jwks_uri.ssl_verify=off": "jwks_uri.ssl_verify=off",
		"jwks_uri.ssl_verify=true":               "",
		"introspect.ssl_verify=false":            "", // of another kind
		"":                                       "",
	} {
		parsed, err := url.ParseQuery(options)
		if err != nil {
			t.Fatal(err)
		}
		if got := unchecked(verify{kind: "jwks_uri", options: parsed}); got != want {
			t.Errorf("%s: %q, want %q", options, got, want)
		}
	}
}

func TestShown(t *testing.T) {
	for address, want := range map[string]string{
		"https://op1.example.org/introspect":                 "https://op1.example.org/introspect",
		"https://op1.example.org/introspect?client_secret=x": "https://op1.example.org/introspect?…",
		"https://keystone:x@op1.example.org/introspect":      "https://…@op1.example.org/introspect",
		"https://op1.example.org/a@b":                        "https://op1.example.org/a@b",
		"https://u:x@op1.example.org":                        "https://…@op1.example.org",
		"no address":                                         "no address",
	} {
		if got := shown(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// TestWithoutOption: the edit takes one option away and has nothing of the others.
func TestWithoutOption(t *testing.T) {
	for options, want := range map[string]string{
		"a=1":         "",
		"a=1&b=2":     "b=2",
		"b=2&a=1":     "b=2",
		"b=2&a=1&c=3": "b=2&c=3",
	} {
		text := "OAuth2TokenVerify jwks_uri https://op1.example.org/jwks " + options + "\n"
		file, _ := httpdconf.Parse("httpd.conf", []byte(text))
		edit := removal(file.Nodes[0].Args[2], "a=1")
		got, _, _, err := finding.Apply(map[string][]byte{"httpd.conf": []byte(text)}, []*finding.Fix{{Edits: []finding.Edit{edit}}})
		if line := "OAuth2TokenVerify jwks_uri https://op1.example.org/jwks " + want + "\n"; err != nil || edit.Text != "" || string(got["httpd.conf"]) != line {
			t.Errorf("%s: %q, want %q (%v)", options, got["httpd.conf"], line, err)
		}
	}
}
