package spec

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPlainPlatform: the platform plain needs what no table says, and what it is told
// is held to the form of its place.
func TestPlainPlatform(t *testing.T) {
	const said = "platform: plain\nplain: {module: \"2.4.17\", wsgi_script: /usr/bin/keystone-wsgi-public}"
	release := func(text string) string {
		return strings.Replace(text, "keystone:\n", "keystone:\n  release: zed\n", 1)
	}
	plain := func(t *testing.T, with string) string { return release(changed(t, "platform: debian-12", with)) }
	cases := map[string]struct {
		text string
		want []string
	}{
		"good":              {plain(t, said), nil},
		"uwsgi":             {strings.Replace(plain(t, "platform: plain\nplain: {module: 2.4.9.4}"), "httpd:\n", "httpd:\n  uwsgi: 127.0.0.1:35358\n", 1), nil},
		"nothing said":      {plain(t, "platform: plain"), []string{"5:11 plain-platform"}},
		"another platform":  {plain(t, strings.Replace(said, "platform: plain", "platform: debian-12", 1)), []string{"6:8 plain-platform"}},
		"no release":        {changed(t, "platform: debian-12", said), []string{"4:11 plain-platform"}},
		"no way":            {plain(t, "platform: plain\nplain: {module: 2.4.17}"), []string{"6:8 plain-platform"}},
		"two ways":          {strings.Replace(plain(t, said), "httpd:\n", "httpd:\n  uwsgi: 127.0.0.1:35358\n", 1), []string{"6:40 plain-platform"}},
		"module":            {plain(t, strings.Replace(said, "2.4.17", "newest", 1)), []string{"6:17 bad-version"}},
		"relative path":     {plain(t, strings.Replace(said, "/usr/bin", "usr/bin", 1)), []string{"6:40 bad-path"}},
		"a system's file":   {plain(t, strings.Replace(said, "wsgi_script", "vhost: /etc/passwd, wsgi_script", 1)), []string{"6:34 plain-place"}},
		"a system's folder": {plain(t, strings.Replace(said, "wsgi_script", "metadata_dir: /etc, wsgi_script", 1)), []string{"6:41 plain-place"}},
		"a program's place": {plain(t, strings.Replace(said, "wsgi_script", "metadata_dir: /usr/lib/oidc, wsgi_script", 1)), []string{"6:41 plain-place"}},
		"a local folder":    {plain(t, strings.Replace(said, "wsgi_script", "metadata_dir: /usr/local/etc/oidc, vhost: /opt/keystone.conf, wsgi_script", 1)), nil},
		"a shared folder":   {plain(t, strings.Replace(said, "wsgi_script", "metadata_dir: /etc/keystone/federation, wsgi_script", 1)), []string{"6:41 plain-place"}},
		"mappings in it":    {plain(t, strings.Replace(said, "wsgi_script", "metadata_dir: /etc/keystone/mappings, wsgi_script", 1)), []string{"6:41 plain-place"}},
		"account":           {plain(t, strings.Replace(said, "wsgi_script", "httpd_group: Web, wsgi_script", 1)), []string{"6:40 bad-account"}},
		"user":              {plain(t, strings.Replace(said, "wsgi_script", "keystone_user: 'a b', wsgi_script", 1)), []string{"6:42 bad-account"}},
		"uwsgi everywhere":  {strings.Replace(minimal, "httpd:\n", "httpd:\n  uwsgi: 0.0.0.0:35358\n", 1), []string{"6:10 bad-address"}},
		"uwsgi by name":     {strings.Replace(minimal, "httpd:\n", "httpd:\n  uwsgi: localhost:35358\n", 1), []string{"6:10 bad-address"}},
		"uwsgi of the host": {strings.Replace(minimal, "httpd:\n", "httpd:\n  uwsgi: 10.0.0.11:35358\n", 1), []string{"6:10 bad-address"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := Load("f.yaml", []byte(c.text))
			if diff := cmp.Diff(c.want, told(list)); diff != "" {
				t.Errorf("%s\n%v", diff, list)
			}
		})
	}
}
