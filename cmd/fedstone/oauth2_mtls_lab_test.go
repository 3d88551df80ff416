package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/lab/roots"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
)

// TestOAuth2ByCertificate needs a Keystone from 2023.1 on, which the host's Debian 12
// has not: `make test-matrix` runs it on Debian 13.
func TestOAuth2ByCertificate(t *testing.T) {
	running := labtest.Open(t)
	suite, _ := roots.ByName(running.Debian)
	if at, _ := platform.ByName(suite.Platform); !issuesForCertificates(at.Release) {
		t.Skip("this lab's Keystone knows no tls_client_auth: fedstone lab up --debian trixie")
	}
	pki := labtest.NewAuthority(t, "Clients CA")
	bound := labtest.Service(t, running, labtest.FilterMTLS, pki.File)
	loose := labtest.Service(t, running, labtest.FilterOAuth2, pki.File)
	l := newIssuingLab(t, func(l issuingLab) string { return certificateSection(t, l, pki, bound, loose) })
	l.Run(t, "apply")
	if said := l.Run(t, "apply", "--plan"); !strings.Contains(said, "0 to create, 0 to update,") {
		t.Errorf("a second plan: %s", said)
	}
	l.passes(t, "backup", "oauth2-no-client", "oauth2-token", "oauth2-check", "revoke")
	l.passes(t, "edge", "oauth2-no-client", "oauth2-token", "oauth2-check", "oauth2-service", "revoke")
	for client, slug := range map[string]string{"somebody": "oauth2-certificate-refused", "stranger": "oauth2-certificate-untrusted", "other": "oauth2-certificate-issuer",
		"bare": "oauth2-certificate-subject", "loose": "oauth2-service-unbound"} {
		t.Run(client, func(t *testing.T) { l.fails(t, client, slug) })
	}
	t.Run("stolen", func(t *testing.T) { l.stolen(t, bound) })
	t.Run("openstack", func(t *testing.T) { l.openstack(t) })
	t.Run("method off", func(t *testing.T) { l.methodOff(t) })
	t.Run("asked late", func(t *testing.T) { l.askedLate(t) })
}

func issuesForCertificates(release string) bool {
	r, ok := platform.ReleaseByName(release)
	return ok && r.Number >= 23
}

// certificateSection describes a client with a secret and several with certificates, of
// which two are sound.
func certificateSection(t *testing.T, l issuingLab, pki labtest.Authority, bound, loose string) string {
	user, dir := l.person(t, "edge"), filepath.Dir(l.File)
	second, foreign := labtest.NewAuthority(t, "Second CA"), labtest.NewAuthority(t, "Clients CA")
	pki.Issue(t, dir, "edge", "O=Default", "CN=edge")
	pki.Issue(t, dir, "thief", "O=Default", "CN=edge")
	pki.Issue(t, dir, "somebody", "O=Default", "CN=somebody")
	pki.Issue(t, dir, "bare", "CN=edge")
	second.Issue(t, dir, "other", "O=Default", "CN=edge")
	foreign.Issue(t, dir, "stranger", "O=Default", "CN=edge")
	trusted := filepath.Join(l.Lab.Root, "etc/ssl/fedstone/clients.pem")
	if err := os.WriteFile(trusted, append(pki.PEM, second.PEM...), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(trusted) })
	text := "\noauth2:\n  methods: [client_secret_basic, tls_client_auth]\n" +
		"  mtls: {client_ca: /etc/ssl/fedstone/clients.pem, user: {name: CN, domain: O}, issuers: [Clients CA]}\n" +
		"  clients:\n    backup: {cloud: backup, roles: [reader], secret_file: backup.env}\n"
	for _, name := range []string{"edge", "somebody", "bare", "other", "stranger", "loose"} {
		certificate, service := name, bound
		if name == "loose" {
			certificate, service = "edge", loose
		}
		text += fmt.Sprintf("    %s: {user: %s, certificate: %s.pem, key: %s.key, service: %q}\n", name, user, certificate, certificate, service)
	}
	return text
}

// certified is a client that shows a certificate.
func (l issuingLab) certified(t *testing.T, name string) *http.Client {
	t.Helper()
	shown, err := probe.LoadCertificates(filepath.Join(filepath.Dir(l.File), name+".pem"), filepath.Join(filepath.Dir(l.File), name+".key"))
	if err != nil {
		t.Fatal(err)
	}
	web, err := oidc.NewHTTPClient(l.Lab.CAFile, oidc.WithCertificate(shown.Show))
	if err != nil {
		t.Fatal(err)
	}
	return web
}

// edge is the id of the user that the certificates stand for.
func (l issuingLab) edge(t *testing.T) string {
	t.Helper()
	fed, _, _, err := spec.ReadFile(l.File, nil)
	if err != nil {
		t.Fatal(err)
	}
	return fed.OAuth2.Clients[1].User.Value
}

// stolen: the token is good with the certificate that it was got with, and no other one
// of the same user.
func (l issuingLab) stolen(t *testing.T, service string) {
	a, err := keystone.IssueToken(t.Context(), l.certified(t, "edge"), l.Lab.KeystoneURL, keystone.TokenRequest{ID: l.edge(t)})
	if err != nil {
		t.Fatal(err)
	}
	issued, err := keystone.IssuedBy(a)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"edge": 200, "thief": 401} {
		a, err := keystone.Ask(t.Context(), l.certified(t, name), keystone.Request{Method: http.MethodGet, URL: service, Header: http.Header{"Authorization": {"Bearer " + issued.Token.Reveal()}}})
		if err != nil || a.Status != want {
			t.Errorf("%s: %v %d, want %d", name, err, a.Status, want)
		}
	}
}

// openstack is the ordinary client, of the same suite, with the clouds.yaml that was
// rendered.
func (l issuingLab) openstack(t *testing.T) {
	dir := filepath.Join(l.Lab.Dir, "oauth2-client") // which the suite's programs see
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	for from, to := range map[string]string{l.secret: "backup.env", filepath.Join(filepath.Dir(l.File), "edge.pem"): "edge.pem", filepath.Join(filepath.Dir(l.File), "edge.key"): "edge.key"} {
		text, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, to), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	script := `cd "$1"; export OS_CLIENT_CONFIG_FILE="$2" OS_CACERT="$3"
set -a; . ./backup.env; set +a
openstack --os-cloud oauth2/backup token issue -f value -c project_id
unset OS_OAUTH2_CLIENT_ID OS_OAUTH2_CLIENT_SECRET
openstack --os-cloud oauth2/edge --os-cert ./edge.pem --os-key ./edge.key token issue -f value -c project_id`
	command := roots.Place{Root: string(l.Lab.System), Share: l.Lab.Dir}.Command("env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "sh", "-ec", script, "sh",
		dir, filepath.Join(l.Lab.Root, "var/lib/fedstone/clouds.yaml"), l.Lab.CAFile)
	out, err := exec.Command(command[0], command[1:]...).CombinedOutput()
	if lines := strings.Fields(string(out)); err != nil || len(lines) != 2 || lines[0] != lines[1] || len(lines[0]) != 32 {
		t.Errorf("%v\n%s", err, out)
	}
}

// methodOff has Keystone take certificates alone.
func (l issuingLab) methodOff(t *testing.T) {
	l.replace(t, filepath.Join(l.Lab.Root, "etc/keystone/keystone.conf.d/50-fedstone.conf"), "= client_secret_basic,", "= ")
	l.Run(t, "lab", "reload", "--dir", l.Lab.Dir)
	l.fails(t, "backup", "oauth2-method-off")
}

// askedLate has httpd ask for the certificate at the token path alone.
func (l issuingLab) askedLate(t *testing.T) {
	l.deploy(t)
	harm(t, l.Deployment, "    SSLVerifyClient optional\n", "")
	harm(t, l.Deployment, "        SSLOptions ", "        SSLVerifyClient optional\n        SSLOptions ")
	l.Run(t, "lab", "reload", "--dir", l.Lab.Dir)
	l.fails(t, "backup", "oauth2-certificate-late")
}
