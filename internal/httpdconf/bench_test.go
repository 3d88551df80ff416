package httpdconf_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// federation writes a configuration with so many identity providers, two sections
// each, of about 210 bytes a section.
func federation(providers int) []byte {
	var out bytes.Buffer
	out.WriteString("<VirtualHost *:1>\n")
	for i := range providers {
		fmt.Fprintf(&out, `<Location "/v3/OS-FEDERATION/identity_providers/idp%06d/protocols/openid/auth">
  AuthType oauth20
  <RequireAll>
    Require claim "iss:https://idp%06d.example.org"
    Require claim aud:keystone
  </RequireAll>
</Location>
<Location "/v3/auth/OS-FEDERATION/identity_providers/idp%06d/protocols/openid/websso">
  AuthType openid-connect
  OIDCDiscoverURL "https://k.example.org/r?iss=https%%3A%%2F%%2Fidp%06d.example.org"
  Require claim "iss:https://idp%06d.example.org"
</Location>
`, i, i, i, i, i)
	}
	out.WriteString("</VirtualHost>\n")
	return out.Bytes()
}

func BenchmarkLoad(b *testing.B) {
	for _, providers := range []int{2000, 10000, 50000, 80000} {
		text := federation(providers)
		b.Run(fmt.Sprintf("%dMB", len(text)>>20), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "main.conf")
			write(b, path, text)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := httpdconf.Load(path, httpdconf.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkHttpd is the same by the real program's -t.
func BenchmarkHttpd(b *testing.B) {
	program, modules := labtest.Httpd(b)
	for _, providers := range []int{2000, 10000, 50000} {
		text := federation(providers)
		b.Run(fmt.Sprintf("%dMB", len(text)>>20), func(b *testing.B) {
			root := b.TempDir()
			main := filepath.Join(root, "wrapper.conf")
			write(b, main, fmt.Appendf(nil, wrapper+"LoadModule auth_openidc_module %[2]s/mod_auth_openidc.so\nInclude idps.conf\n", root, modules))
			write(b, filepath.Join(root, "main.conf"), nil)
			write(b, filepath.Join(root, "idps.conf"), text)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if out, err := exec.Command(program, "-t", "-f", main).CombinedOutput(); err != nil {
					b.Fatalf("%s", out)
				}
			}
		})
	}
}
