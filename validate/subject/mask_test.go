package subject

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMasked: what may be a secret is hidden in every kind of file, in its place.
func TestMasked(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"directive":            {`OIDCClientSecret "s3 cret"`, `OIDCClientSecret "** ****"`},
		"goes on":              {"OIDCClientSecret \\\n  s3cret\nServerName a", "OIDCClientSecret \\\n  ******\nServerName a"},
		"in a comment":         {"# OIDCClientSecret s3cret", "# OIDCClientSecret ******"},
		"in a comment, close":  {"#connection=mysql://a:b@c", "#connection=*****:***:***"},
		"misspelt":             {"OIDCClientSecert s3cret", "OIDCClientSecert ******"},
		"macro":                {"Use idp a s3cret", "Use *** * ******"},
		"proxy with a login":   {"OIDCOutgoingProxy proxy:1 me:s3cret", "OIDCOutgoingProxy *****:* **:******"},
		"proxy":                {"OIDCOutgoingProxy proxy:3128", "OIDCOutgoingProxy proxy:3128"},
		"URL":                  {"OIDCProviderJwksUri https://me:s3@cret@idp/keys", "OIDCProviderJwksUri https://me:*******@idp/keys"},
		"URL with a port":      {"OIDCRedirectURI https://k:5000/v3", "OIDCRedirectURI https://k:5000/v3"},
		"JSON in one line":     {`{"client_id":"a","client_secret":"s3\"x","b":1}`, `{"client_id":"a","client_secret":"**\"*","b":1}`},
		"JSON, no string":      {`{"a":1,"crypto_passphrase":77,"b":1}`, `{"a":1,"crypto_passphrase":**,"b":1}`},
		"parameters":           {`{"auth_request_params":"a=b&client_secret=s3cret&c=d"}`, `{"auth_request_params":"a=b&client_secret=******&c=d"}`},
		"Python":               {`DATABASES = {'default': {'USER': 'a', 'PASSWORD': 's3'}}`, `DATABASES = {'default': {'USER': 'a', 'PASSWORD': '**'}}`},
		"clouds.yaml":          {"a: {auth: {username: x, password: s3}}", "a: {auth: {username: x, password: **}}"},
		"what a token must be": {`{"id_token_signed_response_alg":"RS256"}`, `{"id_token_signed_response_alg":"RS256"}`},
		"methods":              {"methods = external,password,token", "methods = external,password,token"},
		"a way to log in":      {"OIDCProviderTokenEndpointAuth client_secret_basic", "OIDCProviderTokenEndpointAuth client_secret_basic"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := string(Masked([]byte(c.text)))
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if len(got) != len(c.text) || strings.Count(got, "\n") != strings.Count(c.text, "\n") {
				t.Error("places moved")
			}
		})
	}
}

// TestWithoutPasswords: messages may quote addresses, never their passwords.
func TestWithoutPasswords(t *testing.T) {
	if got, want := WithoutPasswords("OPENSTACK_KEYSTONE_URL is http://a:s3@h:5000/v3, not https://b"), "OPENSTACK_KEYSTONE_URL is http://a:**@h:5000/v3, not https://b"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
