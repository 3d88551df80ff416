package cabundle_test

import (
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/cabundle"
	"github.com/fedstone/fedstone/internal/finding"
)

// told gives findings as one line each: severity, slug and line.
func told(list finding.List) []string {
	list.Sort()
	var out []string
	for _, f := range list {
		out = append(out, fmt.Sprintf("%s %s %d", f.Severity, f.Slug, f.At.Start.Line))
	}
	return out
}

func judged(text string) []string {
	b, list := cabundle.Parse("ca.pem", []byte(text))
	return told(append(list, b.Check(now)...))
}

// TestCheck holds what is told of each bundle, and that a good one is silent.
func TestCheck(t *testing.T) {
	m := &maker{t: t}
	root, other := m.issue("root", nil), m.issue("other", nil)
	between, server := m.issue("between", root), m.issue("server", root, leaf)
	behind := func(c *made) int { return 1 + strings.Count(text(c), "\n") }
	impostor := m.issue("root", nil)
	cases := map[string]struct {
		text string
		want []string
	}{
		"a root":                         {text(root), nil},
		"two roots":                      {text(root, other), nil},
		"text between":                   {"# root\n" + text(root) + "\nother:\n" + text(other), nil},
		"lines of Windows":               {strings.ReplaceAll(text(root), "\n", "\r\n"), nil},
		"no line feed at the end":        {strings.TrimSpace(text(root)), nil},
		"a root and what it signed":      {text(between, root), nil},
		"an intermediate alone":          {text(between), []string{"warning ca-root-missing 1"}},
		"an unrelated root":              {text(between, other), []string{"warning ca-root-missing 1"}},
		"the root's name, another key":   {text(between, impostor), []string{"warning ca-other-key 1"}},
		"a server's certificate":         {text(server), []string{"error ca-not-a-ca 1"}},
		"a server's, beside its CA's":    {text(server, root), []string{"warning ca-not-a-ca 1"}},
		"a short key beside a good one":  {text(m.weak("weak"), root), []string{"warning ca-weak-key 1"}},
		"a server that signs itself":     {text(m.issue("own", nil, leaf)), []string{"warning ca-not-a-ca 1"}},
		"a CA that may not sign":         {text(m.issue("mute", nil, noSign)), []string{"error ca-key-usage 1"}},
		"expired":                        {text(m.issue("old", nil, expired)), []string{"error ca-expired 1"}},
		"expired beside a good one":      {text(m.issue("old", nil, expired), other), []string{"warning ca-expired 1"}},
		"not yet valid":                  {text(m.issue("new", nil, early)), []string{"error ca-not-yet-valid 1"}},
		"about to expire":                {text(m.issue("ending", nil, ending)), []string{"warning ca-expires-soon 1"}},
		"twice":                          {text(root, root), []string{fmt.Sprintf("info ca-duplicate %d", behind(root))}},
		"a short key":                    {text(m.weak("weak")), []string{"error ca-weak-key 1"}},
		"a private key":                  {text(root) + keyText(t, root), []string{fmt.Sprintf("error ca-private-key %d", behind(root))}},
		"a request":                      {text(root) + string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: []byte("x")})), []string{fmt.Sprintf("warning ca-other-block %d", behind(root))}},
		"no END line":                    {text(other) + strings.ReplaceAll(text(root), "-----END CERTIFICATE-----\n", ""), []string{fmt.Sprintf("error ca-block-broken %d", behind(other))}},
		"END of another kind":            {strings.ReplaceAll(text(root), "END CERTIFICATE", "END RSA PRIVATE KEY"), []string{"error ca-block-broken 1"}},
		"no base64":                      {"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n", []string{"error ca-block-broken 1"}},
		"four hyphens":                   {strings.Replace(text(root), "CERTIFICATE-----", "CERTIFICATE----", 1), []string{"error ca-block-broken 1"}},
		"a byte order mark":              {"\ufeff" + text(root), []string{"error ca-block-broken 1"}},
		"joined without a line feed":     {strings.TrimSpace(text(root)) + text(other), []string{"error ca-block-broken 1"}},
		"base64 of no certificate":       {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", []string{"error ca-certificate-unreadable 1"}},
		"the certificate as OpenSSL has": {strings.ReplaceAll(text(root), " CERTIFICATE", " TRUSTED CERTIFICATE"), []string{"error ca-none 0", "warning ca-other-block 1"}},
		"DER":                            {string(root.Raw), []string{"error ca-none 0"}},
		"nothing":                        {"", []string{"error ca-none 0"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, judged(c.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestPEM: what is rendered holds the certificates, and no key that lay beside them.
func TestPEM(t *testing.T) {
	m := &maker{t: t}
	root, other := m.issue("root", nil), m.issue("other", nil)
	b, _ := cabundle.Parse("ca.pem", []byte("# a comment\n"+text(root)+keyText(t, root)+text(other)))
	if diff := cmp.Diff(text(root, other), string(b.PEM())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestReadRefuses: what is no bundle is not read on and on.
func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	long := filepath.Join(dir, "long.pem")
	if err := os.WriteFile(long, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir:                        "it is a folder, expected a regular file",
		long:                       "is longer than 4194304 bytes",
		filepath.Join(dir, "lost"): "no such file or directory",
	} {
		if _, _, _, err := cabundle.Read(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// TestManyNamesakes: a bundle of one name over and over is judged in bounded work.
func TestManyNamesakes(t *testing.T) {
	m := &maker{t: t}
	root := m.issue("root", nil)
	all := []*made{}
	for range 200 {
		all = append(all, m.issue("root", root), m.issue("between", root))
	}
	b, list := cabundle.Parse("ca.pem", []byte(text(all...)))
	if list = append(list, b.Check(now)...); len(list) != 0 {
		t.Errorf("%v", told(list))
	}
}

// TestAgainst holds a bundle against the chains that servers show.
func TestAgainst(t *testing.T) {
	m := &maker{t: t}
	root, other := m.issue("root", nil), m.issue("other", nil)
	between := m.issue("between", root)
	server, late := m.issue("server", between, leaf), m.issue("late", between, leaf, expired)
	behind := func(c *made) int { return 1 + strings.Count(text(c), "\n") }
	shown := func(chain ...*made) []cabundle.Server {
		s := cabundle.Server{Name: "sso.example.org"}
		for _, c := range chain {
			s.Chain = append(s.Chain, c.Certificate)
		}
		return []cabundle.Server{s}
	}
	cases := map[string]struct {
		bundle  string
		servers []cabundle.Server
		want    []string
	}{
		"the root":                     {text(root), shown(server, between), nil},
		"the intermediate, and a root": {text(between, root), shown(server), nil},
		"no intermediate":              {text(root), shown(server), []string{"error ca-server-untrusted 0"}},
		"another root":                 {text(other), shown(server, between), []string{"error ca-server-untrusted 0"}},
		"an expired server":            {text(root), shown(late, between), []string{"error ca-server-untrusted 0"}},
		"nothing":                      {text(root), shown(), []string{"error ca-server-untrusted 0"}},
		"one too many":                 {text(root, other), shown(server, between), []string{fmt.Sprintf("info ca-unrelated %d", behind(root))}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b, list := cabundle.Parse("ca.pem", []byte(c.bundle))
			if diff := cmp.Diff(c.want, told(append(list, b.Against(c.servers, now)...))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// FuzzParse: any text is judged without a panic, and nothing of a block that is not a
// certificate is repeated.
func FuzzParse(f *testing.F) {
	m := &maker{t: f}
	f.Add(text(m.issue("root", nil)))
	f.Add("-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWNhbmFyeQ==\n-----END PRIVATE KEY-----\n")
	f.Add("x-----BEGIN CERTIFICATE-----\n-----BEGIN \n-----END \n")
	f.Fuzz(func(t *testing.T, text string) {
		b, list := cabundle.Parse("ca.pem", []byte(text))
		list = append(list, b.Check(time.Now())...)
		if len(b.Certificates) == 0 && !list.HasErrors() {
			t.Error("nothing is told of a file without a certificate")
		}
		for _, f := range list {
			if f.Slug == "" || f.Message == "" || f.Severity == finding.Invalid {
				t.Errorf("%+v", f)
			}
		}
	})
}
