package labtest

import (
	"cmp"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Mellon is an httpd of its own with mod_auth_mellon, over TLS on loopback: a
// service provider with one protected path, behind which a server of the test's
// answers, told of the session in headers.
type Mellon struct {
	URL      string // https://127.0.0.1:PORT
	EntityID string
	CA       []byte // PEM of its certificate
	dir      string
}

// MellonSite is what a test chooses.
type MellonSite struct {
	Protected string   // the path
	Inside    string   // URL of the server behind; plain http
	IdP       []byte   // the identity provider's metadata
	Require   string   // of the protected Location; "": valid-user
	More      []string // further directives of the protected Location
	Server    []string // further directives of the virtual host
	NoPAOS    bool     // its own metadata has no consumer for enhanced clients
}

// MellonEndpoints is the path below which mod_auth_mellon answers.
const MellonEndpoints = "/v3/OS-FEDERATION/saml2/corp"

// StartMellon starts one that ends with the test; where it is not installed the
// test is skipped as Require does.
func StartMellon(t testing.TB, site MellonSite) *Mellon {
	t.Helper()
	program, modules := Httpd(t)
	if _, err := os.Stat(filepath.Join(modules, "mod_auth_mellon.so")); err != nil {
		Require(t, "no mod_auth_mellon here; install libapache2-mod-auth-mellon")
	}
	port := FreePort(t)
	m := &Mellon{URL: "https://127.0.0.1:" + port, dir: environFolder(t, "")}
	m.EntityID = m.URL + MellonEndpoints + "/metadata"
	m.write(t, port, site)
	m.put(t, "httpd.conf", mellonConf(m.dir, modules, port, site))
	m.start(t, program, port)
	return m
}

func (m *Mellon) write(t testing.TB, port string, site MellonSite) {
	t.Helper()
	cert, key := Certificate(t, "127.0.0.1")
	m.CA = cert
	for name, text := range map[string]string{
		"tls.crt": string(cert), "tls.key": string(key), "sp.key": string(signingKey(t)), "idp.xml": string(site.IdP), "sp.xml": m.Metadata(!site.NoPAOS),
	} {
		m.put(t, name, text)
	}
}

func (m *Mellon) put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(m.dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Metadata is the service provider's.
func (m *Mellon) Metadata(paos bool) string {
	consumer := func(index int, binding, path string) string {
		return fmt.Sprintf(`<md:AssertionConsumerService index="%d" Binding="urn:oasis:names:tc:SAML:2.0:bindings:%s" Location="%s%s/%s"/>`, index, binding, m.URL, MellonEndpoints, path)
	}
	text := `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + m.EntityID + `">` +
		`<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` + consumer(0, "HTTP-POST", "postResponse")
	if paos {
		text += consumer(1, "PAOS", "paosResponse")
	}
	return text + `</md:SPSSODescriptor></md:EntityDescriptor>`
}

// signingKey makes a key for requests: mod_auth_mellon signs by RSA.
func signingKey(t testing.TB) []byte {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
}

// Log is the error log so far.
func (m *Mellon) Log() string {
	text, _ := os.ReadFile(filepath.Join(m.dir, "error.log"))
	return string(text)
}

func (m *Mellon) start(t testing.TB, program, port string) {
	t.Helper()
	daemon := exec.Command(program, "-f", m.dir+"/httpd.conf", "-DFOREGROUND")
	var said strings.Builder
	daemon.Stdout, daemon.Stderr = &said, &said
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = daemon.Wait(); close(ended) }()
	t.Cleanup(func() { _ = daemon.Process.Signal(os.Interrupt); <-ended })
	for range 300 {
		select {
		case <-ended:
			t.Fatalf("httpd ended: %s\n%s", &said, m.Log())
		case <-time.After(20 * time.Millisecond):
		}
		if conn, err := tls.Dial("tcp", net.JoinHostPort("127.0.0.1", port), &tls.Config{InsecureSkipVerify: true}); err == nil {
			conn.Close()
			return
		}
	}
	t.Fatalf("httpd does not answer:\n%s", m.Log())
}

const mellonServer = `ServerRoot %[1]s
ServerName 127.0.0.1:%[3]s
PidFile %[1]s/pid
DefaultRuntimeDir %[1]s
Mutex file:%[1]s default
ErrorLog %[1]s/error.log
LogLevel warn auth_mellon:debug
User www-data
Group www-data
Listen 127.0.0.1:%[3]s
MellonLockFile %[1]s/mellon.lock
<VirtualHost 127.0.0.1:%[3]s>
SSLEngine on
SSLCertificateFile %[1]s/tls.crt
SSLCertificateKeyFile %[1]s/tls.key
ProxyPass %[6]s !
ProxyPass / %[5]s/
<Location /v3>
MellonEnable info
MellonEndpointPath %[6]s
MellonSPPrivateKeyFile %[1]s/sp.key
MellonSPMetadataFile %[1]s/sp.xml
MellonIdPMetadataFile %[1]s/idp.xml
MellonSecureCookie On
MellonMergeEnvVars On ";"
MellonIdP IDP
</Location>
<Location %[4]s>
AuthType Mellon
MellonEnable auth
Require %[7]s
RequestHeader set X-Mellon-Name-Id %%{MELLON_NAME_ID}e
RequestHeader set X-Mellon-Idp %%{MELLON_IDP}e
RequestHeader set X-Mellon-Groups %%{MELLON_groups}e
%[8]s
</Location>
%[9]s
</VirtualHost>
`

func mellonConf(dir, modules, port string, site MellonSite) string {
	var load strings.Builder
	for _, name := range strings.Fields("mpm_event authn_core authz_core authz_user ssl socache_shmcb headers proxy proxy_http auth_mellon") {
		fmt.Fprintf(&load, "LoadModule %s_module %s/mod_%s.so\n", name, modules, name)
	}
	return load.String() + fmt.Sprintf(mellonServer, dir, modules, port, site.Protected, strings.TrimSuffix(site.Inside, "/"), MellonEndpoints,
		cmp.Or(site.Require, "valid-user"), strings.Join(site.More, "\n"), strings.Join(site.Server, "\n"))
}
