package httpdconf_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// The huge inputs would overflow a stack or take minutes if anything recursed or
// were quadratic; the tests' own time limit is the judge.
var hugeInputs = map[string]struct {
	src      string
	findings int
}{
	"sections nested 100 000 deep":        {strings.Repeat("<A>\n", 1e5) + strings.Repeat("</A>\n", 1e5), 0},
	"sections never closed":               {strings.Repeat("<A>\n", 1e5), 1e5},
	"closing tags of another name":        {strings.Repeat("<A>\n", 1e5) + strings.Repeat("</B>\n", 1e5), 2e5},
	"a million continuations":             {"X \\\n" + strings.Repeat("a \\\n", 1e6), 0},
	"a million continued words and quote": {"X " + strings.Repeat("'\\\n' ", 1e6), 0},
	"one line of 20 MB":                   {"X " + strings.Repeat("abcdefghi ", 2e6) + "\n", 1},
	"one word of 20 MB":                   {"X " + strings.Repeat("\\", 2e7) + "\n", 1},
	"200 000 lines":                       {strings.Repeat("Require claim \"a b\"\n", 2e5), 0},
	"a million blank lines":               {strings.Repeat("\n", 1e6), 0},
	"100 000 NULs":                        {strings.Repeat("a\x00\n", 1e5), 1e5},
}

func TestHugeInputs(t *testing.T) {
	for name, c := range hugeInputs {
		t.Run(name, func(t *testing.T) {
			src := []byte(c.src)
			file, found := httpdconf.Parse("huge.conf", src)
			if len(found) != c.findings {
				t.Errorf("%d findings, want %d", len(found), c.findings)
			}
			if !bytes.Equal(file.Bytes(), src) {
				t.Error("not printed byte by byte")
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	location := "<Location /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth>\n" +
		"  AuthType oauth20\n  # who may hold the token\n  <RequireAll>\n    Require claim \"iss:https://sso.example.org/realms/corp\"\n" +
		"    Require claim aud:keystone\n  </RequireAll>\n</Location>\n\n"
	inputs := map[string]string{
		"locations":     strings.Repeat(location, 20000),
		"continuations": "X \\\n" + strings.Repeat("  word \\\n", 500000),
	}
	for name, text := range inputs {
		src := []byte(text)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				httpdconf.Parse("bench.conf", src)
			}
		})
	}
}
