package templates_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/mapping"
)

// TestModuleIsAsForetold: map and test evaluate logins with the module as it is
// rendered.
func TestModuleIsAsForetold(t *testing.T) {
	m, err := mapping.RenderedModule("2.4.12.3", claims.Bearer)
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile("testdata/golden/debian-12-one/etc/apache2/sites-enabled/10-keystone_wsgi.conf")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(src)) {
		lines = append(lines, strings.TrimSpace(line))
	}
	for _, want := range []string{
		"OIDCClaimPrefix " + m.Prefix, `OIDCClaimDelimiter "` + m.Delimiter + `"`,
		"OIDCPassClaimsAs " + string(m.PassAs), "OIDCOAuthRemoteUserClaim " + m.RemoteUser, "OIDCRemoteUserClaim " + m.RemoteUser,
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("no line %q", want)
		}
	}
}
