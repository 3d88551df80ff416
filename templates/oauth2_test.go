package templates_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

// TestOAuth2 says what each target gets: no option that the release lacks, and no word
// to mod_wsgi where there is none.
func TestOAuth2(t *testing.T) {
	cases := map[string]struct {
		platform string
		mtls     bool
		vhost    string // the lines about the token path, without blanks
		keystone string // those of [oauth2]
	}{
		"zed":            {"debian-12", false, "WSGIPassAuthorization On", ""},
		"newer":          {"debian-13", false, "WSGIPassAuthorization On", "oauth2_authn_methods = client_secret_basic"},
		"uwsgi":          {"kolla", false, "", "oauth2_authn_methods = client_secret_basic"},
		"uwsgi and mTLS": {"kolla", true, "SSLVerifyClient optional|SSLRequireSSL|SSLOptions +StdEnvVars +ExportCertData", "oauth2_authn_methods = client_secret_basic,tls_client_auth|oauth2_cert_dn_mapping_id = oauth2_mapping"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			fed := federation(c.platform, provider("corp", realm(1)))
			fed.OAuth2 = issuing().OAuth2
			fed.HTTPD.Strategy = text("gate")
			if !c.mtls {
				fed.OAuth2 = &spec.OAuth2{Methods: list(spec.ClientSecretBasic)}
			} else {
				fed.HTTPD.TLS = issuing().HTTPD.TLS
			}
			var vhost, keystone []string
			for _, f := range mustRender(t, fed, inputs(fed)).Files {
				for line := range strings.Lines(string(f.Content)) {
					line = strings.TrimSpace(line)
					switch word, _, _ := strings.Cut(line, " "); {
					case word == "WSGIPassAuthorization" || word == "SSLRequireSSL" || word == "SSLOptions" || word == "SSLVerifyClient":
						vhost = append(vhost, line)
					case strings.HasPrefix(line, "oauth2_") && strings.Contains(line, " = "):
						keystone = append(keystone, line)
					}
				}
			}
			if got := strings.Join(vhost, "|"); got != c.vhost {
				t.Errorf("httpd %q, want %q", got, c.vhost)
			}
			if got := strings.Join(keystone, "|"); got != c.keystone {
				t.Errorf("keystone.conf %q, want %q", got, c.keystone)
			}
		})
	}
}
