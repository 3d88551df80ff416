package oslo_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oslo"
)

// BenchmarkParse reads one and ten megabytes of what slows readers down.
func BenchmarkParse(b *testing.B) {
	shapes := map[string]string{
		"assignments": "trusted_dashboard = https://dashboard.example.org/auth/websso/\n",
		"sections":    "[section]\n",
		"continued":   "  https://dashboard.example.org,\n",
		"white space": "\t \n",
		"one line":    "ü",
		"references":  "$a",
	}
	for name, shape := range shapes {
		for _, size := range []int{1 << 20, 10 << 20} {
			text := []byte("[a]\na = b" + strings.Repeat(shape, size/len(shape)))
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					file, _ := oslo.Parse("x.conf", text)
					v, _ := oslo.New(file).Get("a", "a")
					oslo.References(v.Text)
				}
			})
		}
	}
}
