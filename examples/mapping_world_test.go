package examples_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// mappingWorld is the lab with identity providers that share the domain examples
// and one mapping, which each login replaces.
type mappingWorld struct {
	lab   *lab.Lab
	admin *gophercloud.ServiceClient
	web   *http.Client
	own   *optest.Server
	cloud cloud
	// run is in the names of the identity providers. Keystone keeps a federated
	// user in its cache, under the provider's name, when the user is deleted
	// (identity/core.py, delete_user): another run would meet the user of this one.
	run string
}

// mappingID is the mapping's id, and the beginning of the providers'.
const mappingID = "examples"

// idp is the identity provider of an issuer.
func (w *mappingWorld) idp(issuer string) string { return mappingID + "-" + w.run + "-" + issuer }

// newMappingWorld serves the identity providers and makes what the examples ask
// for. Afterwards the lab is as the quickstart leaves it.
func newMappingWorld(t *testing.T) *mappingWorld {
	t.Helper()
	d := labtest.Quickstart(t)
	w := &mappingWorld{lab: d.Lab, own: optest.New(t), run: strings.ToLower(rand.Text()[:8])}
	for _, line := range d.Lab.Env() {
		name, value, _ := strings.Cut(line, "=")
		t.Setenv(name, value)
	}
	var err error
	if w.web, err = oidc.NewHTTPClient(d.Lab.CAFile); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.web.CloseIdleConnections)
	if w.admin, err = keystone.Connect(t.Context(), keystone.Auth{CAFile: d.Lab.CAFile}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keystone.Revoke(background(t), w.admin) })
	w.serve(t, d)
	w.clear(t) // what a killed run left
	t.Cleanup(func() { w.clear(t) })
	w.furnish(t)
	return w
}

const mappingSite = `version: 1
keystone: {url: %[1]s}
platform: debian-12
httpd:
  gate_port: %[2]d
  tls: {certificate: /etc/ssl/fedstone/keystone.pem, key: /etc/ssl/fedstone/keystone.key}
  ca_bundle: /etc/ssl/fedstone/examples.pem
  crypto_passphrase: {env: FEDSTONE_PASSPHRASE}
identity_providers:
`

const mappingProvider = `  %[1]s:
    issuer: %[2]s
    client: {id: keystone, secret: {env: CORP_CLIENT_SECRET}}
    bearer: {audience: keystone, clients: [keystone-cli]}
    domain: examples
    %[3]s
    rules: [{user: {name: "{sub}"}}]
`

// serve puts a deployment with the examples' identity providers in place, until
// the test ends.
func (w *mappingWorld) serve(t *testing.T, d labtest.Deployment) {
	t.Helper()
	bundle := filepath.Join(d.Lab.Root, "etc", "ssl", "fedstone", "examples.pem")
	writeTogether(t, bundle, d.Lab.CAFile, w.own.CAFile)
	t.Cleanup(func() {
		os.Remove(bundle)
		place(t, d)
	})
	site := fmt.Sprintf(mappingSite, d.Lab.KeystoneURL, d.Lab.BasePort+51)
	for _, issuer := range d.Lab.Issuers {
		if issuer.Name != "partner" {
			site += fmt.Sprintf(mappingProvider, w.idp(issuer.Name), issuer.URL, "")
		}
	}
	here := labtest.Deployment{Lab: d.Lab, Binary: d.Binary, File: filepath.Join(t.TempDir(), "federation.yaml")}
	site += fmt.Sprintf(mappingProvider, w.idp("own"), w.own.URL, "metadata: own.json")
	writeFile(t, here.File, []byte(site))
	writeFile(t, filepath.Join(filepath.Dir(here.File), "own.json"), w.document(t))
	place(t, here)
}

// place makes a deployment the one that the lab serves.
func place(t *testing.T, d labtest.Deployment) {
	t.Helper()
	d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root, "--prune")
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
}

func writeTogether(t *testing.T, path string, from ...string) {
	t.Helper()
	var all bytes.Buffer
	for _, name := range from {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	writeFile(t, path, all.Bytes())
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// document is the discovery document of the test's own issuer.
func (w *mappingWorld) document(t *testing.T) []byte {
	t.Helper()
	client, err := oidc.NewHTTPClient(w.own.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Get(oidc.WellKnown(w.own.URL))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// onThisCloud puts the real id of the group readers in place of the examples'.
func (w *mappingWorld) onThisCloud(rules []byte) []byte {
	for _, g := range w.cloud.groups {
		if g.Name == "readers" {
			return bytes.ReplaceAll(rules, []byte(exampleGroup), []byte(g.ID))
		}
	}
	return rules
}

// query is a query string of one name and value.
func query(name, value string) string { return "?" + url.Values{name: {value}}.Encode() }
