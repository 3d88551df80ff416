package broken

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"

	_ "embed"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

//go:embed httpd.conf.tmpl
var httpdConf string

const modules = "mpm_event authn_core authz_core authz_host authz_user alias allowmethods env headers macro proxy proxy_http proxy_balancer " +
	"lbmethod_byrequests slotmem_shm rewrite setenvif socache_shmcb ssl wsgi auth_openidc oauth2"

// configure writes the Keystones' files and httpd.conf.
func (h *House) configure(t testing.TB) {
	t.Helper()
	for _, name := range names(t, "keystones", ".conf") {
		h.writeKeystone(t, name)
	}
	h.write(t, "broken.wsgi", "import a_module_that_nobody_has\n")
	h.write(t, "catalog.templates", "catalog.RegionOne.identity.name = keystone\ncatalog.RegionOne.identity.publicURL = https://sound.broken.test/v3\n")
	h.fernetKeys(t)
	h.metadata(t)
	var text strings.Builder
	if err := template.Must(template.New("httpd.conf").Parse(httpdConf)).Execute(&text, h.settings(t)); err != nil {
		t.Fatal(err)
	}
	h.write(t, "httpd.conf", text.String())
}

func (h *House) settings(t testing.TB) map[string]any {
	t.Helper()
	_, folder := labtest.Httpd(t)
	return map[string]any{
		"Dir": h.dir, "Folder": folder, "Modules": strings.Fields(modules), "Passphrase": random(20), "Port": h.ports.doors,
		"Keystones": names(t, "keystones", ".conf"), "Macros": read(t, ".", "macros.conf"), "Defines": h.defines(),
		"Doors": vhosts(t, "doors"), "Inner": vhosts(t, "inner"), "InnerPorts": h.ports.inner,
	}
}

// vhost is a virtual host of testdata; OwnCertificate: it says which.
type vhost struct {
	Name, Text     string
	OwnCertificate bool
}

func vhosts(t testing.TB, folder string) (all []vhost) {
	t.Helper()
	for _, name := range names(t, folder, ".conf") {
		text := read(t, folder, name+".conf")
		all = append(all, vhost{name, text, strings.Contains(text, "SSLCertificateFile")})
	}
	return all
}

// defines are the words in ${} that testdata may use.
func (h *House) defines() map[string]string {
	loopback := "127.0.0.1:"
	words := map[string]string{
		"BALANCER": h.ports.balancer, "DIR": h.dir, "CA": h.path("ca.pem"), "SECRET": h.issuer.secret, "ISSUER": "https://" + loopback + h.ports.issuer,
		"DEAD": loopback + h.ports.dead, "RUDE": loopback + h.ports.rude, "SILENT": loopback + h.ports.silent,
	}
	for name, port := range h.ports.inner {
		words[strings.ToUpper(strings.ReplaceAll(name, "-", "_"))] = loopback + port
	}
	return words
}

// program is a WSGI script: mod_wsgi's daemons share httpd's environment, in which
// Keystone looks for its files (keystone/server/flask/core.py, _get_config_files).
const program = `import os
os.environ['OS_KEYSTONE_CONFIG_FILES'] = '%s'
from keystone.server.wsgi import initialize_public_application
application = initialize_public_application()
`

// writeKeystone makes a Keystone of the lab's keystone.conf and the lines of the house.
func (h *House) writeKeystone(t testing.TB, name string) {
	t.Helper()
	h.write(t, "common.conf", h.expand(read(t, ".", "keystone.conf")))
	h.write(t, name+".conf", h.expand(read(t, "keystones", name+".conf")))
	files := []string{filepath.Join(h.lab.Root, "etc/keystone/keystone.conf"), h.path("common.conf"), h.path(name + ".conf")}
	h.write(t, name+".wsgi", fmt.Sprintf(program, strings.Join(files, ";")))
}

// fernetKeys makes a key repository of its own. Keystone's user has to own it.
func (h *House) fernetKeys(t testing.TB) {
	t.Helper()
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	if err := os.Mkdir(h.path("fernet-keys"), 0o755); err != nil {
		t.Fatal(err)
	}
	h.write(t, "fernet-keys/1", base64.URLEncoding.EncodeToString(key))
	h.write(t, "fernet-keys/0", base64.URLEncoding.EncodeToString(key))
}

// metadata makes the folder of a relying party that knows two issuers.
func (h *House) metadata(t testing.TB) {
	t.Helper()
	if err := os.Mkdir(h.path("metadata"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sound", "denied"} {
		provider, err := json.Marshal(document(issuerOf(name)))
		if err != nil {
			t.Fatal(err)
		}
		file := "metadata/" + strings.ReplaceAll(strings.TrimPrefix(issuerOf(name), "https://"), "/", "%2F")
		h.write(t, file+".provider", string(provider))
		h.write(t, file+".client", fmt.Sprintf(`{"client_id": "keystone", "client_secret": %q}`, h.issuer.secret))
		h.write(t, file+".conf", "{}")
	}
}

// certificates of the doors and the issuer, one for another name, and one that has expired.
func (h *House) certificates(t testing.TB) {
	t.Helper()
	bundle, err := os.ReadFile(h.lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, host := range map[string]string{"door": "*.broken.test", "elsewhere": "elsewhere.test", "expired": "expired-certificate.broken.test"} {
		until := time.Now().Add(time.Hour)
		if name == "expired" {
			until = time.Now().Add(-time.Hour)
		}
		cert, key := labtest.CertificateUntil(t, host, until)
		h.write(t, name+".pem", string(cert))
		h.write(t, name+".key", string(key))
		bundle = append(bundle, cert...)
	}
	h.write(t, "ca.pem", string(bundle))
	h.write(t, "balancer.pem", h.text("door.pem")+h.text("door.key"))
	untrusted, key := labtest.Certificate(t, "*.broken.test")
	h.write(t, "untrusted.pem", string(untrusted))
	h.write(t, "untrusted.key", string(key))
}
