package pysettings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/pysettings"
)

// large are texts that a slow reader would choke on: repeat the second part.
var large = map[string][2]string{
	"choices":     {"WEBSSO_CHOICES = (\n", "    (\"corp_openid\", _(\"Corporate login\")),\n"},
	"one line":    {"X = (", "('é', 1), "},
	"sums":        {"A = ''\n", "A = A + 'x'\n"},
	"doubling":    {"T = (1,)\n", "T = T + T\n"},
	"nested":      {"T = []\n", "T = [T, T]\n"},
	"keys":        {"T = 1\n", "T = (T, T); D = {T: 1}\n"},
	"stars":       {"X = []\n", "from a import *\n"},
	"functions":   {"X = []\n", "def f(): global X; X.append(f)\n"},
	"unknown ifs": {"import os\n", "if os.x: X = [1]\n"},
	"elifs":       {"import os\nif os.x: pass\n", "elif os.y: X = 1\n"},
	"mentions":    {"X = []\n", "f(X, X.y, [X for X in X])\n"},
	"open braces": {"X = ", "[f'{a}' % ("},
	"operators":   {"X = 1", " + 1 % 2 if 1 else -"},
	"names":       {"", "A\u00e9 = b'x' 'y'\n"},
	"in":          {"L = ['a', 'b', 'c'] + ['d']\n", "B = 'x' in L; L += L\n"},
	"templates":   {"S = '%s' * 2\n", "S = '%s%s' % (S, S) + '{}{}'.format(S, S)\n"},
}

// BenchmarkSize shows that the time per byte stays as the size grows.
func BenchmarkSize(b *testing.B) {
	for name, parts := range large {
		for _, size := range []int{1 << 18, 1 << 20, 1 << 22} {
			src := []byte(parts[0] + strings.Repeat(parts[1], size/len(parts[1])))
			if name == "choices" || name == "one line" {
				src = append(src, ')')
			}
			b.Run(fmt.Sprintf("%s/%dKiB", name, size>>10), func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				b.ReportAllocs()
				for b.Loop() {
					f, _ := pysettings.Parse("x", src)
					c := pysettings.New(f)
					c.Get("X")
					c.Get("T")
					c.Get("WEBSSO_CHOICES")
				}
			})
		}
	}
}
