package effective_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// listings is a server that lists folders where Options say so.
const listings = `LoadModule autoindex_module "@MODULES@/mod_autoindex.so"
Options None
<Directory "@ROOT@/docs">
Options FollowSymLinks
Options +Indexes
</Directory>
<Directory "@ROOT@/docs/a">
Options -Indexes +MultiViews
</Directory>
<Directory "@ROOT@/docs/a/b">
Options +ExecCGI
</Directory>
<Directory "@ROOT@/docs/ab">
Options +Indexes
Options MultiViews
</Directory>
<Directory "@ROOT@/docs/x">
Options Includes
</Directory>
<Location /x/b>
Options +Indexes
</Location>
`

// TestOptionsAgainstHttpd: + and - add to what outer sections say.
func TestOptionsAgainstHttpd(t *testing.T) {
	_, modules := labtest.Httpd(t)
	s := start(t, strings.ReplaceAll(listings, "@MODULES@", modules))
	config, _ := effective.New(s.tree)
	local := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), s.ports[0])
	for path, listed := range map[string]bool{"/": true, "/a/": false, "/a/b/": false, "/ab/": false, "/x/": false, "/x/b/": true} {
		status, _ := s.get(t, local, "main.test", path)
		x := config.Select(local, "main.test").At(effective.Request{Path: path, File: s.root + "/docs" + path})
		if ours := lists(x); ours != listed || ours != (status == http.StatusOK) {
			t.Errorf("%s: httpd answers %d, ours %v, want %v", path, status, ours, listed)
		}
	}
}

func lists(x *effective.Context) bool {
	on := false
	for _, c := range x.Setting("Options").Commands {
		for _, word := range c.Argv() {
			if strings.TrimLeft(word, "+-") == "Indexes" {
				on = word[0] != '-'
			}
		}
	}
	return on
}
