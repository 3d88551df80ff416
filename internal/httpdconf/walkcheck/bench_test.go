package walkcheck_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
)

// BenchmarkCheck judges 20 000 protected Locations.
func BenchmarkCheck(b *testing.B) {
	var text strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&text, "<Location \"/v3/OS-FEDERATION/identity_providers/idp%d/protocols/openid/auth\">\nAuthType oauth20\n<RequireAll>\nRequire claim iss:%d\n</RequireAll>\n</Location>\n", i, i)
	}
	tree := loaded(b, b.TempDir(), "/modules", text.String())
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if problems := walkcheck.Check(tree, options()); len(problems) > 0 {
			b.Fatal(drawn(problems))
		}
	}
}
