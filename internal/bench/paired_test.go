package bench

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

var report = flag.String("report", "", "append the rows of docs/benchmarks.md to this file")

// row is one line of docs/benchmarks.md.
type row struct{ what, ours, peer, ratio, bound string }

func (r row) write(b *testing.B) {
	b.Helper()
	line := fmt.Sprintf("| %s | %s | %s | %s | %s |\n", r.what, r.ours, r.peer, r.ratio, r.bound)
	b.Log(line)
	if *report == "" {
		return
	}
	file, err := os.OpenFile(*report, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString(line); err != nil {
		b.Fatal(err)
	}
}

// sample is one measured run.
type sample func() time.Duration

// warmUps are uncounted pairs: Keystone's processes load much at their first
// requests, and there are several processes.
const warmUps = 4

// pairs runs ours and the peer's in turn, after a few uncounted pairs, and gives
// the medians and the median ratio ours/peer.
func pairs(b *testing.B, n int, ours, peer sample) (a, p time.Duration, ratio float64) {
	b.Helper()
	for range warmUps {
		ours()
		peer()
	}
	var as, ps []time.Duration
	var ratios []float64
	for range n {
		x, y := ours(), peer()
		as, ps, ratios = append(as, x), append(ps, y), append(ratios, x.Seconds()/y.Seconds())
	}
	a, p, ratio = median(as), median(ps), median(ratios)
	b.ReportMetric(ms(a), "ours-ms")
	b.ReportMetric(ms(p), "peer-ms")
	b.ReportMetric(ratio, "ratio")
	return a, p, ratio
}

// ofThree is the median of three runs in a row: in the pause that a slow peer
// makes, a machine may have laid aside what the next run needs.
func ofThree(run sample) sample {
	return func() time.Duration { return median([]time.Duration{run(), run(), run()}) }
}

func median[T time.Duration | float64](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func timed(run func()) time.Duration {
	start := time.Now()
	run()
	return time.Since(start)
}

func inMS(d time.Duration) string { return fmt.Sprintf("%.1f ms", ms(d)) }
