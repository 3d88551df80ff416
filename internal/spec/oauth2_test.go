package spec

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// issuing is a whole section, after which a file of minimal's form goes on.
const issuing = `oauth2:
  methods: [client_secret_basic, tls_client_auth]
  mtls:
    client_ca: /etc/ssl/certs/clients.pem
    user: {name: CN, domain: O}
    issuers: [Clients CA]
  clients:
    backup: {cloud: backup, roles: [reader], secret_file: secrets/backup.env, lifetime: 2160h}
    edge: {user: 4fd1, certificate: certs/edge.pem, key: certs/edge.key}
`

// issues is minimal with that section, on a Keystone that has all of it.
func issues(t *testing.T, from, to string) string {
	t.Helper()
	if !strings.Contains(issuing, from) {
		t.Fatalf("the section does not hold %q", from)
	}
	text := changed(t, "platform: debian-12\n", "platform: debian-13\n")
	text = strings.Replace(text, "httpd:\n", "httpd:\n  tls: {certificate: /etc/k.pem, key: /etc/k.key}\n", 1)
	return text + strings.Replace(issuing, from, to, 1)
}

func TestOAuth2(t *testing.T) {
	f, list := Load("f.yaml", []byte(issues(t, "", "")))
	if len(list) > 0 {
		t.Fatal(list)
	}
	backup, edge := f.OAuth2.Clients[0], f.OAuth2.Clients[1]
	if backup.ByCertificate() || backup.Lives() != 2160*time.Hour || backup.RenewedBefore() != 540*time.Hour || backup.KeptFor() != 24*time.Hour {
		t.Errorf("%+v", backup)
	}
	if !edge.ByCertificate() || edge.Grace.Given() || f.OAuth2.MTLS.Mapping.Value != "oauth2_mapping" {
		t.Errorf("%+v, mapping %s", edge, f.OAuth2.MTLS.Mapping)
	}
}

func TestOAuth2ByDefault(t *testing.T) {
	f, list := Load("f.yaml", []byte(minimal+"oauth2: {}\n"))
	if len(list) > 0 || !f.OAuth2.Takes(ClientSecretBasic) || f.OAuth2.Takes(TLSClientAuth) {
		t.Errorf("%+v %v", f.OAuth2, list)
	}
	var none *OAuth2
	if none.Takes(ClientSecretBasic) {
		t.Error("what is not there takes a method")
	}
}

func TestOAuth2Refused(t *testing.T) {
	cases := map[string]struct{ from, to, want string }{
		"method":          {"[client_secret_basic, tls", "[client_secret_post, tls", "unknown-value|oauth2-client"},
		"no mtls":         {"  mtls:\n    client_ca: /etc/ssl/certs/clients.pem\n    user: {name: CN, domain: O}\n    issuers: [Clients CA]\n", "", "oauth2-mtls"},
		"mtls for nobody": {", tls_client_auth", "", "oauth2-mtls|oauth2-client"},
		"CA":              {"/etc/ssl", "etc/ssl", "bad-path"},
		"no user":         {"name: CN, domain: O", "email: emailAddress", "oauth2-user"},
		"no domain":       {", domain: O", "", "oauth2-user"},
		"no such part":    {"CN, d", "commonName, d", "unknown-value"},
		"mapping's id":    {"    issuers", "    mapping: CORP\n    issuers", "id-taken"},
		"both kinds":      {"{user: 4fd1,", "{user: 4fd1, cloud: edge,", "oauth2-client"},
		"neither":         {"cloud: backup, ", "", "oauth2-client"},
		"no file":         {", secret_file: secrets/backup.env", "", "missing-key"},
		"one file":        {"    edge:", "    other: {cloud: o, secret_file: secrets/./backup.env}\n    edge:", "oauth2-file"},
		"key alone":       {"certificate: certs/edge.pem, ", "", "oauth2-client"},
		"of the other":    {"{user: 4fd1", "{user: 4fd1, lifetime: 1h", "oauth2-client"},
		"roles of user":   {"{user: 4fd1", "{user: 4fd1, roles: [reader]", "oauth2-client"},
		"certificate too": {"{cloud: backup", "{cloud: backup, certificate: c.pem", "oauth2-client"},
		"renewed at once": {"lifetime: 2160h", "lifetime: 2160h, renew: 2160h", "oauth2-renew"},
		"never renewed":   {", lifetime: 2160h", ", renew: 2h", "oauth2-renew"},
		"forever":         {"2160h", "999999h", "out-of-range"},
		"by case":         {"    edge:", "    Backup: {cloud: o, secret_file: o.env}\n    edge:", "oauth2-collision"},
		"service":         {"{user: 4fd1", "{user: 4fd1, service: http://s.example.org/", "url"},
		"option":          {"secrets/backup.env", "-backup.env", "bad-path"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { refusedWith(t, issues(t, c.from, c.to), c.want) })
	}
}

// refusedWith wants these findings: each a slug, or a place and a slug.
func refusedWith(t *testing.T, text, want string) {
	t.Helper()
	_, list := Load("f.yaml", []byte(text))
	got := told(list)
	for i, w := range strings.Split(want, "|") {
		if i < len(got) && !strings.Contains(w, " ") {
			_, got[i], _ = strings.Cut(got[i], " ")
		}
	}
	if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
		t.Errorf("%s\n%v", diff, list)
	}
}

func TestOAuth2Releases(t *testing.T) {
	cases := map[string]struct{ release, methods, want string }{
		"too old":           {"yoga", "client_secret_basic", "oauth2-release"},
		"first":             {"zed", "client_secret_basic", ""},
		"too old for mTLS":  {"zed", "tls_client_auth", "oauth2-release"},
		"first with mTLS":   {"2023.1", "tls_client_auth", ""},
		"proxy in front":    {"2023.1", "tls_client_auth", "oauth2-mtls"},
		"somebody's vhost ": {"2023.1", "tls_client_auth", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(minimal, "  url:", "  release: "+c.release+"\n  url:", 1) + "oauth2:\n  methods: [" + c.methods + "]\n"
			if c.methods == TLSClientAuth {
				text += "  mtls: {client_ca: /etc/c.pem, user: {id: UID}, issuers: [Clients CA]}\n"
			}
			if strings.HasPrefix(name, "somebody") {
				text = strings.Replace(text, "httpd:\n", "httpd:\n  layout: include\n", 1)
			} else if name != "proxy in front" {
				text = strings.Replace(text, "httpd:\n", "httpd:\n  tls: {certificate: /etc/k.pem, key: /etc/k.key}\n", 1)
			}
			refusedWith(t, text, c.want)
		})
	}
}
