package bench

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// BenchmarkValidate is the whole command, with all rules, against `httpd -t` on the
// same tree: both are started, read the tree and end. httpd loads its modules and
// checks syntax; it judges nothing.
func BenchmarkValidate(b *testing.B) {
	bin := labtest.Binary(b)
	httpd, modules := labtest.Httpd(b)
	for _, c := range []struct {
		providers int
		bound     string
	}{{10_000, "≤ 1 × `httpd -t`"}, {50_000, "≤ 1 × `httpd -t`, ≤ 250 MB"}} {
		b.Run(fmt.Sprint(c.providers), func(b *testing.B) {
			t := federated(b, modules, c.providers)
			var most int64
			ours := func() time.Duration {
				took, memory := t.validate(b, bin)
				most = max(most, memory)
				return took
			}
			theirs := func() time.Duration { return timed(func() { t.check(b, httpd) }) }
			for b.Loop() {
				a, p, ratio := pairs(b, 7, ours, theirs)
				b.ReportMetric(float64(most)/1e6, "ours-MB")
				what := fmt.Sprintf("validate, all rules: %d Locations, %.0f MB", 2*c.providers, float64(t.size)/1e6)
				row{what, fmt.Sprintf("%s, %d MB of memory", inMS(a), most/1e6), inMS(p) + " (`httpd -t`, which judges nothing)", fmt.Sprintf("%.2f", ratio), c.bound}.write(b)
			}
		})
	}
	b.Run("slope", func(b *testing.B) { slope(b, bin, modules) })
}

// slope compares the time for 40 MB with that for 1 MB: as many times more as there
// is more to read, and no more.
func slope(b *testing.B, bin, modules string) {
	small, large := federated(b, modules, 2_400), federated(b, modules, 96_000)
	for b.Loop() {
		var ss, ls []time.Duration
		for range 5 {
			s, _ := small.validate(b, bin)
			l, _ := large.validate(b, bin)
			ss, ls = append(ss, s), append(ls, l)
		}
		s, l := median(ss), median(ls)
		factor, size := l.Seconds()/s.Seconds(), float64(large.size)/float64(small.size)
		b.ReportMetric(factor/size, "slope")
		row{fmt.Sprintf("validate: from %.0f to %.0f MB", float64(small.size)/1e6, float64(large.size)/1e6), inMS(s) + " to " + inMS(l),
			"none", fmt.Sprintf("%.2f of the growth in size", factor/size), "≤ 1.1"}.write(b)
	}
}

// tree is a whole httpd configuration with one vhost of many identity providers.
type tree struct {
	dir, main string
	size      int
}

func federated(b *testing.B, modules string, providers int) tree {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "httpd")
	if err := os.MkdirAll(filepath.Join(filepath.Dir(dir), "oidc"), 0o755); err != nil {
		b.Fatal(err)
	}
	t := tree{dir: dir, main: filepath.Join(dir, "conf", "httpd.conf")}
	var vhost bytes.Buffer
	fmt.Fprintf(&vhost, vhostHead, filepath.Join(filepath.Dir(dir), "oidc"))
	for i := range providers {
		fmt.Fprintf(&vhost, doors, i)
	}
	vhost.WriteString("</VirtualHost>\n")
	t.size = vhost.Len()
	var head strings.Builder
	for _, m := range strings.Fields("mpm_event authn_core authz_core authz_user headers alias wsgi auth_openidc") {
		fmt.Fprintf(&head, "LoadModule %s_module %s/mod_%s.so\n", m, modules, m)
	}
	for name, text := range map[string]string{"conf/httpd.conf": mainHead + head.String() + "IncludeOptional conf.d/*.conf\n", "conf.d/10-keystone_wsgi.conf": vhost.String()} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			b.Fatal(err)
		}
	}
	return t
}

const mainHead = `ServerName localhost
PidFile run.pid
ErrorLog error.log
Listen 127.0.0.1:5000
`

const vhostHead = `<VirtualHost 127.0.0.1:5000>
	ServerName https://k.example.org
	RequestHeader unset OIDC-iss early
	RequestHeader unset OIDC-sub early
	<LocationMatch "(?i)^/+v3/+(auth/+OS-FEDERATION/+(websso|identity_providers)|OS-FEDERATION/+identity_providers/+[^/]+/+protocols/+[^/]+/+auth)">
		Require all denied
	</LocationMatch>
	OIDCMetadataDir %s
	OIDCRedirectURI https://k.example.org/v3/OS-FEDERATION/redirect_uri
	OIDCCryptoPassphrase "a passphrase for this benchmark, and nothing else"
	OIDCClaimPrefix OIDC-
	OIDCClaimDelimiter ";"
	OIDCPassClaimsAs environment
	OIDCRemoteUserClaim sub
	OIDCPKCEMethod S256
	<Location /v3/OS-FEDERATION/redirect_uri>
		AuthType openid-connect
		Require valid-user
	</Location>
	WSGIScriptAlias / /usr/bin/keystone-wsgi-public
`

const doors = `    <Location /v3/OS-FEDERATION/identity_providers/idp%06[1]d/protocols/openid/auth>
		Require all denied
	</Location>
	<Location /v3/auth/OS-FEDERATION/identity_providers/idp%06[1]d/protocols/openid/websso>
		AuthType openid-connect
		OIDCDiscoverURL https://k.example.org/v3/OS-FEDERATION/redirect_uri?iss=https%%3A%%2F%%2Fidp%06[1]d.example.org
		OIDCUnAutzAction auth
		Require claim "iss~^https\\x3A//idp%06[1]d\\.example\\.org$"
	</Location>
`

// validate runs the command, and gives its time and its memory in bytes.
func (t tree) validate(b *testing.B, bin string) (time.Duration, int64) {
	b.Helper()
	cmd := exec.Command(bin, "validate", "--fail-on", "error", t.dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	took := timed(func() {
		if err := cmd.Run(); err != nil {
			b.Fatalf("%v\n%.4000s", err, out.String())
		}
	})
	return took, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss * 1024
}

func (t tree) check(b *testing.B, httpd string) {
	b.Helper()
	if out, err := exec.Command(httpd, "-t", "-d", t.dir, "-f", t.main).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%.4000s", err, out)
	}
}
