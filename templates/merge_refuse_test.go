package templates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/templates"
)

// vhostWith is a sound base with lines in its vhost, and others behind it.
func vhostWith(inside, behind string) string {
	const frame = `Listen 5000
<VirtualHost *:5000>
  ServerName controller.example.org
  WSGIDaemonProcess keystone user=keystone group=keystone processes=2 threads=1
  WSGIProcessGroup keystone
  WSGIScriptAlias / /usr/bin/keystone-wsgi-public
%s
</VirtualHost>
%s
`
	return fmt.Sprintf(frame, inside, behind)
}

// TestMergeRefuses: what stands in the file already and would collide, decide about our paths
// or keep claims away, with the place of it.
func TestMergeRefuses(t *testing.T) {
	const serverMarks = "# BEGIN fedstone server\n# END fedstone server\n"
	const vhostMarks = "# BEGIN fedstone vhost\n# END fedstone vhost\n"
	for name, c := range map[string]struct{ base, want string }{
		"directives of the module":        {vhostWith("  OIDCClaimPrefix OIDC-", ""), "7:3 merge-collision"},
		"of the module for all vhosts":    {vhostWith("", "OIDCCryptoPassphrase x"), "9:1 merge-collision"},
		"of mod_oauth2":                   {vhostWith("  <Location /x>\n  OAuth2TokenVerify jwks_uri https://x\n  </Location>", ""), "8:3 merge-collision"},
		"a door of its own":               {vhostWith("  <Location /v3/OS-FEDERATION/identity_providers/a/protocols/openid/auth>\n  AuthType auth-openidc\n  </Location>", ""), "7:3 merge-collision"},
		"doors by expression":             {vhostWith("  <LocationMatch \"/v3/auth/OS-FEDERATION/.*?/websso\">\n  Require valid-user\n  </LocationMatch>", ""), "7:3 merge-collision"},
		"the module elsewhere":            {vhostWith("  <Location /metrics>\n  AuthType openid-connect\n  Require valid-user\n  </Location>", ""), "8:3 merge-collision"},
		"claims from a request":           {vhostWith("  SetEnvIf X-Issuer (.*) OIDC-iss=$1", ""), "7:3 merge-collision"},
		"claims by rewriting":             {vhostWith("  RewriteRule ^ - [E=OIDC-iss:x]", ""), "7:3 merge-collision"},
		"claims as headers":               {vhostWith("  RequestHeader set OIDC_CLAIM_sub x", ""), "7:3 merge-collision"},
		"tokens taken away":               {vhostWith("  RequestHeader unset Authorization", ""), "7:3 merge-collision"},
		"our process group":               {vhostWith("", "WSGIDaemonProcess keystone-federation"), "9:1 merge-collision"},
		"our port":                        {vhostWith("", "Listen 5051"), "9:1 merge-collision"},
		"our port in a vhost":             {vhostWith("", "<VirtualHost 127.0.0.1:5051>\n</VirtualHost>"), "9:1 merge-collision"},
		"a condition that decides":        {vhostWith("  <If \"-n %{HTTP:X-Internal}\">\n  Require all granted\n  </If>", ""), "7:3 merge-swallowed"},
		"satisfied by address":            {vhostWith("  <Location />\n  Satisfy Any\n  </Location>", ""), "8:3 merge-swallowed"},
		"another handler":                 {vhostWith("  <Location /v3>\n  SetHandler server-info\n  </Location>", ""), "8:3 merge-swallowed"},
		"rewriting everything":            {vhostWith("  RewriteEngine On\n  RewriteRule ^/(.*)$ https://other.example.org/$1 [R,L]", ""), "8:3 merge-swallowed"},
		"rewriting in a section":          {vhostWith("  <Location /v3>\n  RewriteEngine On\n  RewriteRule . /x\n  </Location>", ""), "9:3 merge-swallowed"},
		"an alias":                        {vhostWith("  Alias /v3 /srv/www", ""), "7:3 merge-swallowed"},
		"a redirect":                      {vhostWith("", "RedirectMatch 301 ^/v3/(.*) https://other.example.org/$1"), "9:1 merge-swallowed"},
		"http to Keystone":                {vhostWith("  ProxyPass / http://127.0.0.1:5001/", ""), "7:3 merge-application"},
		"uwsgi by a socket of the system": {vhostWith("  ProxyPass / unix:/run/keystone.sock|uwsgi://k/", ""), "7:3 merge-application"},
		"no way to Keystone":              {"<VirtualHost *:5000>\n</VirtualHost>\n", "1:1 merge-application"},
		"Keystone below another path":     {strings.Replace(vhostWith("", ""), "WSGIScriptAlias / ", "WSGIScriptAlias /v3 ", 1), "6:3 merge-application"},
		"no vhost of the port":            {strings.ReplaceAll(vhostWith("", ""), "5000", "5001"), "0:0 merge-vhost"},
		"several, none by name":           {vhostWith("", "") + vhostWith("", ""), "0:0 merge-vhost"},
		"UTF-16":                          {"\xff\xfeL\x00i\x00", "1:1 merge-base"},
		"a byte order mark":               {"\xef\xbb\xbf" + vhostWith("", ""), "1:1 merge-base"},
		"not httpd's":                     {vhostWith("  <Location /x>", ""), "8:1 httpd-"},
		"a piece without an end":          {"# BEGIN fedstone server\n" + vhostWith("", ""), "1:1 merge-markers"},
		"an end without a piece":          {vhostWith("", "# END fedstone vhost"), "9:1 merge-markers"},
		"a piece within a piece":          {"# BEGIN fedstone server\n" + vhostMarks + "# END fedstone server\n" + vhostWith("", ""), "2:1 merge-markers"},
		"one piece twice":                 {serverMarks + serverMarks + vhostWith(vhostMarks, ""), "3:1 merge-markers"},
		"one piece alone":                 {serverMarks + vhostWith("", ""), "1:1 merge-markers"},
		"a marker that was changed":       {serverMarks + vhostWith("#begin fedstone vhost\n# END fedstone vhost", ""), "9:1 merge-markers"},
		"a marker in a longer line":       {serverMarks + vhostWith("  # that was \\\n# BEGIN fedstone vhost\n# END fedstone vhost", ""), "10:1 merge-markers"},
	} {
		t.Run(name, func(t *testing.T) {
			list := refusedMerge(t, c.base)
			if len(list) == 0 || !strings.HasPrefix(atOf(list[0])+" "+list[0].Slug, c.want) {
				t.Errorf("want %s first, got\n%s", c.want, told(list))
			}
			for _, f := range list {
				if f.Hint == "" && !strings.HasPrefix(f.Slug, "httpd-") {
					t.Errorf("no hint: %s", f.Message)
				}
			}
		})
	}
}

// atOf is a finding's line and column.
func atOf(f finding.Finding) string { return fmt.Sprintf("%d:%d", f.At.Start.Line, f.At.Start.Column) }

// refusedMerge gives the errors of a merge, which must not have been made then.
func refusedMerge(t *testing.T, base string) finding.List {
	t.Helper()
	fed := merging("5000", "corp")
	in := inputs(fed)
	in.Base = into([]byte(base))
	b, list, err := templates.Render(fed, in)
	if err != nil {
		t.Fatal(err)
	}
	if b != nil {
		t.Error("it was merged")
	}
	var errors finding.List
	for _, f := range list {
		if f.Severity == finding.Error {
			errors = append(errors, f)
		}
	}
	return errors
}

// TestMergePlaces: findings about a file that holds our pieces already have its own lines.
func TestMergePlaces(t *testing.T) {
	base := vhostWith("  SetEnv X y\n\n", "# end")
	text := string(mergedText(t, merging("5000", "corp"), []byte(base)))
	for _, c := range [][2]string{{"  SetEnv X y\n", "  OIDCClaimPrefix x\n"}, {"  SetEnv X y\n", "  <If true>\n    Require all granted\n  </If>\n"}, {"# end", "Redirect /v3 /x"}} {
		changed := strings.Replace(text, c[0], c[1], 1)
		list := refusedMerge(t, changed)
		if len(list) != 1 {
			t.Fatalf("%q: got\n%s", c[1], told(list))
		}
		line := strings.Split(changed, "\n")[list[0].At.Start.Line-1]
		if word := strings.Fields(c[1])[0]; word != "<If" && !strings.HasPrefix(line[list[0].At.Start.Column-1:], word) || word == "<If" && !strings.HasPrefix(strings.TrimSpace(line), "Require all granted") {
			t.Errorf("%q: found at %q", c[1], line)
		}
	}
}

// TestMergeTells: what does not keep us out, and is worth a word.
func TestMergeTells(t *testing.T) {
	for name, c := range map[string]struct{ base, want string }{
		"threads":                  {strings.Replace(vhostWith("", ""), "threads=1", "threads=4", 1), "4:3: info: Keystone runs in 4 threads"},
		"threads of mod_wsgi":      {strings.Replace(vhostWith("", ""), " threads=1", "", 1), "4:3: info: Keystone runs in 15 threads"},
		"unseen":                   {vhostWith("  IncludeOptional conf-available/*.conf", ""), "7:3: warning: what is included here was not seen"},
		"an unseen one of another": {vhostWith("", "<VirtualHost *:80>\nInclude x\n</VirtualHost>"), ""},
		"a sound rewrite":          {vhostWith("  RewriteEngine On\n  RewriteCond %{REQUEST_URI} !^/v3/\n  RewriteRule ^/(.*)$ /v3/$1 [R]\n  RewriteRule ^ - [E=X:y]\n  RewriteRule ^/v2 - [F]", ""), ""},
	} {
		t.Run(name, func(t *testing.T) {
			fed := merging("5000", "corp")
			in := inputs(fed)
			in.Base = into([]byte(c.base))
			b, list, err := templates.Render(fed, in)
			if err != nil || b == nil || c.want == "" && len(list) > 0 || !strings.Contains(told(list), c.want) {
				t.Errorf("%v: want %q, got\n%s", err, c.want, told(list))
			}
		})
	}
}
