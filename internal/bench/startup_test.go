package bench

import (
	"fmt"
	"os/exec"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// BenchmarkVersion is the whole process `fedstone --version`, against the start
// of any process at all (/bin/true).
func BenchmarkVersion(b *testing.B) {
	bin := labtest.Binary(b)
	for b.Loop() {
		a, p, ratio := pairs(b, 40, process(b, bin, "--version"), process(b, "/bin/true"))
		row{"`fedstone --version`, whole process", inMS(a), inMS(p) + " (`/bin/true`)", fmt.Sprintf("%.1f", ratio), "≤ 10 ms"}.write(b)
	}
}

func process(b *testing.B, name string, args ...string) sample {
	return func() time.Duration {
		return timed(func() {
			if err := exec.Command(name, args...).Run(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
