package session

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// command reads lines of a virtual host, and gives the last command in it.
func command(t *testing.T, lines string) (last *httpdconf.Command) {
	t.Helper()
	text := "<VirtualHost *:5000>\n" + lines + "\n</VirtualHost>\n"
	site, err := subject.Load("-", []string{"-"}, subject.Options{Stdin: strings.NewReader(text)})
	if err != nil {
		t.Fatal(err)
	}
	for c := range site.Trees[0].Conf.All() {
		last = c
	}
	return last
}

// TestLevel: which word of LogLevel counts for the module, as httpd reads it: first the main server's, then the
// virtual host's.
func TestLevel(t *testing.T) {
	for lines, want := range map[string]string{
		"LogLevel warn":                                       "",
		"LogLevel debug":                                      "debug",
		"LogLevel trace8":                                     "trace8",
		"LogLevel warn auth_openidc:debug":                    "auth_openidc:debug",
		"LogLevel warn mod_auth_openidc.c:trace1":             "mod_auth_openidc.c:trace1",
		"LogLevel warn auth_openidc_module:debug":             "auth_openidc_module:debug",
		"LogLevel warn ssl:debug proxy:trace2":                "",
		"LogLevel debug auth_openidc:warn":                    "",
		"LogLevel auth_openidc:debug warn":                    "",
		"LogLevel auth_openidc:debug ssl:warn":                "auth_openidc:debug",
		"LogLevel AUTH_OPENIDC:DEBUG":                         "AUTH_OPENIDC:DEBUG",
		"LogLevel auth_openidc:debug auth_openidc:info":       "",
		"LogLevel auth_openidc:debug\nLogLevel ssl:warn":      "auth_openidc:debug",
		"LogLevel auth_openidc:debug\nLogLevel warn":          "",
		"LogLevel warn\nLogLevel ssl:warn auth_openidc:debug": "auth_openidc:debug",
	} {
		got := level{}
		for _, line := range strings.Split(lines, "\n") {
			got = got.after([]*httpdconf.Command{command(t, line)})
		}
		if got.debug() != (want != "") || want != "" && got.word != want {
			t.Errorf("%s: %q, want %q", lines, got.word, want)
		}
	}
}

// TestOldProtocols: what is left of TLS 1.1 and older, as mod_ssl reads it.
func TestOldProtocols(t *testing.T) {
	for line, want := range map[string]string{
		"SSLProtocol all":                        "TLSv1 TLSv1.1",
		"SSLProtocol all -SSLv3":                 "TLSv1 TLSv1.1",
		"SSLProtocol all -SSLv3 -TLSv1":          "TLSv1.1",
		"SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1": "",
		"SSLProtocol -all +TLSv1.2 +TLSv1.3":     "",
		"SSLProtocol -ALL +TLSv1":                "TLSv1",
		"SSLProtocol TLSv1.2":                    "",
		"SSLProtocol TLSv1 TLSv1.2":              "",
		"SSLProtocol +TLSv1 +TLSv1.2":            "TLSv1",
		"SSLProtocol SSLv3 +tlsv1.1":             "SSLv3 TLSv1.1",
	} {
		if got := strings.Join(oldProtocols(command(t, line)), " "); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// TestPublished: what everybody knows, and what looks like it.
func TestPublished(t *testing.T) {
	for value, want := range map[string]bool{
		"openstack": true, "OpenStack": true, "<password>": true, "CHANGE_ME": true, "change-me-please": true, "{{ oidc_passphrase }}": true, "your-secret": true,
		"a random string": true, "XXXX": true, "<random": true, "string>": true, "<8Kd2": false, "": false, "openstack-2024-of-our-cloud": false, "a1bc0240053460765c015bf564256436": false, "interchange medium": false,
	} {
		if got := published(value); got != want {
			t.Errorf("%q: %t, want %t", value, got, want)
		}
	}
}

// TestTelling: fields of a log format that are as good as a password.
func TestTelling(t *testing.T) {
	for format, want := range map[string]string{
		`%h %l %u %t "%r" %>s %b`:            "",
		`%{User-Agent}i %{Referer}i`:         "",
		`%h "%{Authorization}i"`:             "%{Authorization}i",
		`%h %<{authorization}i`:              "%<{authorization}i",
		`%400,501{Cookie}i`:                  "%400,501{Cookie}i",
		`%{X-Auth-Token}i`:                   "%{X-Auth-Token}i",
		`%{X-Subject-Token}o`:                "%{X-Subject-Token}o",
		`%{OIDC_access_token}e`:              "%{OIDC_access_token}e",
		`%{mod_auth_openidc_session}C`:       "%{mod_auth_openidc_session}C",
		`%{OIDC_CLAIM_sub}e %{Cookie-Name}i`: "",
	} {
		if diff := cmp.Diff(want, telling.FindString(format)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", format, diff)
		}
	}
}

// TestGenerator: programs that print another value each time.
func TestGenerator(t *testing.T) {
	for program, want := range map[string]bool{
		"/usr/bin/openssl rand -hex 32": true, "/bin/bash -c 'head -c 32 /dev/urandom | base64'": true, "/usr/bin/uuidgen": true, "/usr/bin/pwgen -s 64 1": true,
		"/usr/bin/cat /etc/httpd/oidc-passphrase": false, "/usr/bin/openssl dgst -sha256 /etc/hostid": false, "/usr/bin/vault kv get -field=v oidc/updated": false,
	} {
		if got := generator.MatchString(program); got != want {
			t.Errorf("%s: %t, want %t", program, got, want)
		}
	}
}
