package claims_test

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// roots are where httpd is asked: this host, and the folders that
// FEDSTONE_HTTPD_ROOTS names (debootstrap with apache2-bin, mod_wsgi and a module
// in them; separated by colons), for the versions that this host does not have.
func roots() []string {
	return append([]string{""}, strings.FieldsFunc(os.Getenv("FEDSTONE_HTTPD_ROOTS"), func(r rune) bool { return r == ':' })...)
}

// installed gives the upstream version of a Debian package, or "".
func installed(root, pack string) string {
	out, err := exec.Command("dpkg-query", "--admindir="+filepath.Join(root, "/var/lib/dpkg"), "-W", "-f", "${db:Status-Status} ${Version}", pack).Output()
	version, ok := strings.CutPrefix(string(out), "installed ")
	if err != nil || !ok {
		return ""
	}
	version, _, _ = strings.Cut(version, "-")
	version, _, _ = strings.Cut(version, "+")
	return version
}

// TestEnvironOfMod asks the running modules: every variable that reaches a WSGI
// program must be the one that Environ says, by name and by value, and no other.
func TestEnvironOfModAuthOpenIDC(t *testing.T) {
	testModule(t, claims.AuthOpenIDC, "libapache2-mod-auth-openidc", openIDCSites())
}

func TestEnvironOfModOAuth2(t *testing.T) {
	testModule(t, claims.OAuth2, "libapache2-mod-oauth2", oauth2Sites())
}

// site is one way to configure a module.
type site struct {
	server, location string
	change           func(*claims.Module)
	since            string // the first version that takes it
}

func testModule(t *testing.T, name, pack string, sites map[string]site) {
	for _, root := range roots() {
		version := installed(root, pack)
		if version == "" && root == "" {
			t.Run("installed", func(t *testing.T) { labtest.Require(t, "not installed: apt-get install --no-install-recommends "+pack) })
		}
		if version != "" {
			t.Run(version, func(t *testing.T) { testVersion(t, root, name, version, sites) })
		}
	}
}

func testVersion(t *testing.T, root, name, version string, sites map[string]site) {
	key := newKey(t, root, name, version)
	modules := map[string]claims.Module{}
	var config []labtest.EnvironSite
	for title, s := range sites {
		m, err := claims.NewModule(name, version, claims.Bearer)
		if err != nil {
			t.Fatal(err)
		}
		s.change(&m)
		if m.Check() != nil || s.since != "" && older(version, s.since) {
			continue
		}
		modules[title] = m
		config = append(config, labtest.EnvironSite{Name: title, Server: key.server + "\n" + s.server, Location: key.location + "\n" + s.location})
	}
	httpd := labtest.StartEnviron(t, root, []string{strings.TrimPrefix(name, "mod_")}, config)
	compared := 0
	for title, m := range modules {
		t.Run(title, func(t *testing.T) { compared += compareSets(t, httpd, title, m, key) })
	}
	t.Logf("%s %s: %d variables of %d claim sets under %d configurations agree", name, version, compared, len(claimSets()), len(modules))
}

func older(a, b string) bool {
	m, err := claims.NewModule(claims.AuthOpenIDC, a, claims.Bearer)
	return err != nil || m.Version != b && strings.Compare(padded(a), padded(b)) < 0
}

func padded(version string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(version, ".") {
		fmt.Fprintf(&b, "%06s", part)
	}
	return b.String()
}

func compareSets(t *testing.T, httpd *labtest.EnvironServer, title string, m claims.Module, key signer) int {
	compared := 0
	for name, set := range claimSets() {
		payload := fmt.Sprintf(`{"iss":"https://issuer.example/realm","sub":"alice","exp":%d,%s}`, time.Now().Unix()+600, set)
		c, list := claims.Read(name, []byte(payload))
		if list.HasErrors() {
			t.Errorf("%s: %v", name, list)
			continue
		}
		status, environ := httpd.Ask(t, title, key.sign(t, payload))
		want := m.Environ(c)
		if refused := status == 401; refused != (want.Refused != "") {
			t.Errorf("%s: httpd answers %d, and we say refused: %q\n%s", name, status, want.Refused, set)
			continue
		}
		expected := variables(want)
		got := ofModule(environ, want, expected)
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("%s (-ours +httpd):\n%s", name, clipped(diff))
		}
		compared += len(got)
	}
	return compared
}

func clipped(s string) string { return s[:min(len(s), 4000)] }

// ofModule leaves out what every request has, and the token.
func ofModule(environ map[string]string, e claims.Environ, expected map[string]string) map[string]string {
	out := map[string]string{}
	for name, value := range environ {
		if _, ok := expected[name]; !ok && (ofRequest(name, e) || strings.HasSuffix(name, "access_token")) {
			continue
		}
		out[name] = value
	}
	return out
}

func ofRequest(name string, e claims.Environ) bool {
	switch {
	case name == "REMOTE_USER":
		return false
	case strings.HasPrefix(name, "HTTP_"):
		return slices.Contains([]string{"HTTP_HOST", "HTTP_USER_AGENT", "HTTP_ACCEPT_ENCODING"}, name)
	}
	return e.Knows(name) != "" || e.Knows(strings.ToUpper(name)) != ""
}

func variables(e claims.Environ) map[string]string {
	out := map[string]string{}
	for _, v := range e.Variables {
		out[v.Name] = v.Value
	}
	return out
}

// signer makes tokens that one configuration of httpd trusts.
type signer struct {
	server, location string
	shared           []byte
	private          *rsa.PrivateKey
}

// newKey gives a shared key; for mod_auth_openidc 2.4.17, which does not find
// shared keys, an RSA key whose certificate httpd has.
func newKey(t *testing.T, root, module, version string) signer {
	t.Helper()
	text := rand.Text() + rand.Text()
	k := signer{shared: []byte(text)}
	switch {
	case module == claims.OAuth2:
		k.location = "AuthType oauth2\nRequire valid-user\nOAuth2TokenVerify plain " + text + " verify.exp=optional"
	case version == "2.4.17":
		k.private = newRSA(t)
		k.server = "OIDCOAuthVerifyCertFiles key#" + certificate(t, root, k.private)
		k.location = "AuthType oauth20\nRequire valid-user"
	default:
		k.server = "OIDCOAuthVerifySharedKeys plain##" + text
		k.location = "AuthType oauth20\nRequire valid-user"
	}
	return k
}

func newRSA(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return private
}

// certificate writes the key's certificate into the root, and gives its path there.
func certificate(t *testing.T, root string, private *rsa.PrivateKey) string {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.CreateTemp(filepath.Join(root, "/tmp"), "fedstone-*.pem")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(f.Name()) })
	if err := pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(f.Name(), root)
}

func (k signer) sign(t *testing.T, payload string) string {
	t.Helper()
	encode := base64.RawURLEncoding.EncodeToString
	header, err := json.Marshal(map[string]string{"typ": "JWT", "alg": k.algorithm()})
	if err != nil {
		t.Fatal(err)
	}
	text := encode(header) + "." + encode([]byte(payload))
	return text + "." + encode(k.signature(t, text))
}

func (k signer) algorithm() string {
	if k.private != nil {
		return "RS256"
	}
	return "HS256"
}

func (k signer) signature(t *testing.T, text string) []byte {
	t.Helper()
	if k.private == nil {
		mac := hmac.New(sha256.New, k.shared)
		mac.Write([]byte(text))
		return mac.Sum(nil)
	}
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, k.private, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return signature
}
