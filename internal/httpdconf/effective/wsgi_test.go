package effective_test

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

const wsgi = `LoadModule wsgi_module "@MODULES@/mod_wsgi.so"
LoadModule authn_core_module "@MODULES@/mod_authn_core.so"
WSGIScriptAlias /both "@ROOT@/docs/main.wsgi"
WSGIScriptAlias /main "@ROOT@/docs/main.wsgi"
WSGIApplicationGroup main
<VirtualHost *:@1@>
ServerName plain.test
</VirtualHost>
<VirtualHost *:@1@>
ServerName own.test
WSGIScriptAlias /both "@ROOT@/docs/host.wsgi"
WSGIScriptAlias /both/in "@ROOT@/docs/in.wsgi"
WSGIApplicationGroup host
<Location /both/group>
WSGIApplicationGroup location
</Location>
<Directory "@ROOT@/docs/*">
Header always add X-Trace folder
</Directory>
<Files host.wsgi>
Header always add X-Trace file
</Files>
</VirtualHost>
`

const script = `def application(environ, start_response):
    start_response('200 OK', [('X-Script', environ['SCRIPT_FILENAME']), ('X-Group', environ['mod_wsgi.application_group'])])
    return [b'']
`

// scriptOf is the script that the first fitting WSGIScriptAlias leads to.
func scriptOf(x *effective.Context, path string) string {
	for _, c := range x.Setting("WSGIScriptAlias").Commands {
		if words := c.Argv(); strings.HasPrefix(path+"/", words[0]+"/") {
			return words[1]
		}
	}
	return ""
}

func TestWSGIShows(t *testing.T) {
	httpd, modules := labtest.Httpd(t)
	if _, err := os.Stat(filepath.Join(modules, "mod_wsgi.so")); err != nil {
		if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
			t.Fatal(err)
		}
		t.Skip("no mod_wsgi beside", httpd)
	}
	s := start(t, strings.ReplaceAll(wsgi, "@MODULES@", modules))
	for _, name := range []string{"main", "host", "in"} {
		write(t, filepath.Join(s.root, "docs", name+".wsgi"), script)
	}
	config, _ := effective.New(s.tree)
	server := config.Select(netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), s.ports[0]), "own.test")
	for _, path := range []string{"/both", "/both/x", "/main/x", "/both/in/x", "/both/group/x"} {
		file := scriptOf(server.At(effective.Request{Path: path}), path)
		x := server.At(effective.Request{Path: path, File: file, PathInfo: strings.HasSuffix(path, "/x")})
		a := s.ask(t, "own.test", path)
		if got := a.header("X-Script"); got != file {
			t.Errorf("%s: ours %s, httpd %s", path, file, got)
		}
		if got, want := a.header("X-Group"), x.Setting("WSGIApplicationGroup").Value(); got != want {
			t.Errorf("%s: group: ours %s, httpd %s", path, want, got)
		}
		if got, want := strings.Join(a.Header.Values("X-Trace"), " "), strings.Join(trace(x), " "); got != want {
			t.Errorf("%s: sections: ours %q, httpd %q", path, want, got)
		}
	}
}
