package httpdconf_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestHttpdAgreesOnOddBytes puts files of lines with all kinds of bytes to httpd:
// NUL, carriage returns, other control characters, byte order marks, bytes that are
// no UTF-8, backslashes at the end. Every argument and every number of a line must be
// httpd's.
func TestHttpdAgreesOnOddBytes(t *testing.T) {
	_, modules := labtest.Httpd(t)
	count := 60
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		count = 2000
	}
	outcomes := map[string]*atomic.Int64{"commands": {}, "refusal": {}, "nothing": {}}
	t.Cleanup(func() {
		if n := outcomes["commands"].Load(); !t.Failed() && n < int64(count/3) {
			t.Errorf("only %d files were compared to their end", n)
		}
	})
	for seed := range count {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			write(t, filepath.Join(root, "main.conf"), []byte(oddBytes(uint64(seed))))
			o := httpdOptions(t, root)
			main := filepath.Join(root, "refused-by-command.conf")
			write(t, main, fmt.Appendf(nil, wrapper, root, modules))
			outcomes[compareTree(t, root, main, o)].Add(1)
		})
	}
}

// oddBytes writes lines of a command that takes everything.
func oddBytes(seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 5))
	pieces := []string{"a", "b ", "\x00", "\x00", "\r", "\\", "\\\n", "\\\r\n", "\x00\\\n", "\\\x00\n", "\x01", "\x1a", "\x7f", "\x80", "\xff", "\ufeff", "\u00a0", "\v", "\f", "\t", `"`, "'", "#", "ä", "\u2028", "\x1b[31m", "\r\r", " "}
	var out strings.Builder
	out.WriteString("<VirtualHost *:1>\n")
	for range 2 + random.IntN(8) {
		out.WriteString([...]string{"ServerAlias x", "ServerAlias ", "# ", "", "\tServerAlias\v", "ServerAlias \"", "ServerAlias '", "ServerAlias y"}[random.IntN(8)])
		for range random.IntN(7) {
			out.WriteString(pieces[random.IntN(len(pieces))])
		}
		out.WriteString([...]string{"\n", "\n", "\r\n"}[random.IntN(3)])
	}
	out.WriteString("</VirtualHost>\nServerAdmin \"at the end")
	return out.String()
}
