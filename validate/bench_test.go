package validate_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// BenchmarkRun reads and judges a virtual host with a hundred thousand Locations,
// and the half and the tenth of it.
func BenchmarkRun(b *testing.B) {
	for _, providers := range []int{5_000, 25_000, 50_000} {
		b.Run(fmt.Sprintf("%d-locations", 2*providers), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "10-keystone_wsgi.conf")
			text := vhostOf(providers)
			if err := os.WriteFile(path, text, 0o644); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				site, err := subject.Load(path, []string{path}, subject.Options{})
				if err != nil {
					b.Fatal(err)
				}
				validate.Run([]*subject.Site{site}, false)
			}
		})
	}
}

func vhostOf(providers int) []byte {
	var out bytes.Buffer
	out.WriteString(`<VirtualHost *:5000>
    ServerName https://keystone.example.org:5000
    <LocationMatch "(?i)^/+v3/+(auth/+OS-FEDERATION/+(websso|identity_providers)|OS-FEDERATION/+identity_providers/+[^/]+/+protocols/+[^/]+/+auth)">
        Require all denied
    </LocationMatch>
    OIDCMetadataDir /nowhere
    OIDCRedirectURI https://keystone.example.org:5000/v3/OS-FEDERATION/redirect_uri
    OIDCCryptoPassphrase "a passphrase for this benchmark, and nothing else"
    OIDCClaimPrefix OIDC-
    OIDCPassClaimsAs environment
    <Location /v3/OS-FEDERATION/redirect_uri>
        AuthType openid-connect
        Require valid-user
    </Location>
    WSGIScriptAlias / /usr/bin/keystone-wsgi-public
`)
	for i := range providers {
		fmt.Fprintf(&out, `    <Location /v3/OS-FEDERATION/identity_providers/idp%06[1]d/protocols/openid/auth>
        Require all denied
    </Location>
    <Location /v3/auth/OS-FEDERATION/identity_providers/idp%06[1]d/protocols/openid/websso>
        AuthType openid-connect
        OIDCDiscoverURL https://keystone.example.org:5000/v3/OS-FEDERATION/redirect_uri?iss=https%%3A%%2F%%2Fidp%06[1]d.example.org
        OIDCUnAutzAction auth
        Require claim iss:https://idp%06[1]d.example.org
    </Location>
`, i)
	}
	out.WriteString("</VirtualHost>\n")
	return out.Bytes()
}
