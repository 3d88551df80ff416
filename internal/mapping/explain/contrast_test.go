package explain_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast holds the page's colours to WCAG 2.2's level AA, light and dark:
// 4.5 for text, 3 for what is drawn.
func TestContrast(t *testing.T) {
	style, err := os.ReadFile("page.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(style), "prefers-color-scheme: dark")
	if !found {
		t.Fatal("page.css has no dark colours")
	}
	least := map[string]float64{
		"ink ground": 4.5, "ink card": 4.5, "ink good-wash": 4.5, "ink bad-wash": 4.5, "ink warn-wash": 4.5,
		"soft ground": 4.5, "soft card": 4.5, "soft chip": 4.5, "soft bad-wash": 4.5, "soft good-wash": 4.5, "soft warn-wash": 4.5,
		"good card": 4.5, "good good-wash": 4.5, "bad card": 4.5, "bad bad-wash": 4.5, "bad ground": 4.5,
		"warn card": 4.5, "warn bad-wash": 4.5, "warn warn-wash": 4.5,
		"good-line ground": 3, "bad-line ground": 3,
	}
	for name, colors := range map[string]map[string]string{"light": palette(light), "dark": palette(dark)} {
		for pair, want := range least {
			front, back, _ := strings.Cut(pair, " ")
			if got := contrast(t, colors[front], colors[back]); got < want {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %g", name, front, back, got, want)
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
		t.Fatal(fmt.Errorf("color %q: %w", color, err))
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
