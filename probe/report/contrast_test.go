package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast holds the page's colours to WCAG 2.2's level AA, light and dark:
// 4.5 for text, 3 for what is drawn.
func TestContrast(t *testing.T) {
	style, err := assets.ReadFile("assets/report.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(style), "prefers-color-scheme: dark")
	if !found {
		t.Fatal("the page has no dark colours")
	}
	least := map[float64]string{
		4.5: "ink/ground ink/card ink/good-wash ink/bad-wash ink/warn-wash ink/chip soft/ground soft/card soft/chip soft/bad-wash soft/good-wash " +
			"good/card good/good-wash good/ground bad/card bad/bad-wash bad/ground warn/card warn/warn-wash link/card link/ground",
		3: "good-line/card bad-line/card warn-line/card off-line/card good-line/ground bad-line/ground dns/card tcp/card tls/card wait/card body/card " +
			"bad-line/bad-wash good-line/good-wash",
	}
	for name, colors := range map[string]map[string]string{"light": palette(light), "dark": palette(dark)} {
		for want, pairs := range least {
			for pair := range strings.FieldsSeq(pairs) {
				front, back, _ := strings.Cut(pair, "/")
				if got := contrast(t, colors[front], colors[back]); got < want {
					t.Errorf("%s: %s on %s has a contrast of %.2f, want %g", name, front, back, got, want)
				}
			}
		}
	}
}

func palette(css string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
		if _, known := out[m[1]]; !known {
			out[m[1]] = m[2]
		}
	}
	return out
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, color string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(color, 16, 32)
	if err != nil {
		t.Fatalf("color %q: %v", color, err)
	}
	channel := func(c uint64) float64 {
		v := float64(c&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
}
