package report

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestPageInChromium looks at every sample in three widths, light and dark.
func TestPageInChromium(t *testing.T) {
	b := newViewer(t)
	for name, f := range samples() {
		t.Run(name, func(t *testing.T) {
			b.open(t, htmlOf(t, f))
			for _, dark := range []string{"light", "dark"} {
				for _, width := range []int64{400, 900, 1600} {
					b.look(t, width, dark)
				}
			}
			b.expectQuiet(t)
		})
	}
}

// viewer shows a page of a server that notes what is asked of it.
type viewer struct {
	ctx    context.Context
	server *httptest.Server

	mu      sync.Mutex
	page    string
	asked   []string
	console []string
}

func newViewer(t *testing.T) *viewer {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		labtest.Require(t, "no chromium: "+err.Error())
	}
	b := &viewer{}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	b.ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	go b.listen()
	return b
}

// listen keeps what the page and the browser write to the console.
func (b *viewer) listen() {
	for message, err := range chromedp.Console(b.ctx) {
		if err != nil {
			return
		}
		b.mu.Lock()
		b.console = append(b.console, message.Text)
		b.mu.Unlock()
	}
}

func (b *viewer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, r.URL.Path)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(b.page))
}

func (b *viewer) open(t *testing.T, text string) {
	t.Helper()
	b.mu.Lock()
	b.page, b.asked, b.console = text, nil, nil
	b.mu.Unlock()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.server.URL)); err != nil {
		t.Fatal(err)
	}
	ask[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
}

func ask[T any](t *testing.T, b *viewer, expression string) T {
	t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// look judges a page in one width: nothing sticks out of it, no text of the picture
// lies on another, what failed is seen without scrolling, and whoever has no mouse
// can reach what scrolls.
func (b *viewer) look(t *testing.T, width int64, scheme string) {
	t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
	ground := map[string]string{"light": "rgb(245, 246, 244)", "dark": "rgb(14, 18, 22)"}[scheme]
	if got := ask[string](t, b, `getComputedStyle(document.body).backgroundColor`); got != ground {
		t.Errorf("%s: the page's ground is %s", scheme, got)
	}
	if got := ask[int64](t, b, `document.documentElement.scrollWidth`); got > width {
		t.Errorf("%d px: the page is %d px wide", width, got)
	}
	for what, script := range map[string]string{"words that overlap": overlaps, "not seen at once": unseen, "out of a keyboard's reach": unreachable} {
		if got := ask[[]string](t, b, script); len(got) > 0 {
			t.Errorf("%d px, %s: %s: %q", width, scheme, what, got)
		}
	}
}

// overlaps gives the texts of pictures that lie on others.
const overlaps = `[...document.querySelectorAll("svg[role]")].slice(0, 5).flatMap(svg => {
  const texts = [...svg.querySelectorAll("text:not(.aside)")].map(t => [t.textContent, t.getBoundingClientRect()]);
  const over = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
  return texts.filter(([, a], i) => texts.some(([, b], j) => j > i && over(a, b))).map(([t]) => t);
})`

// unseen tells if the first thing to mend begins below the fold.
const unseen = `[...document.querySelectorAll("header h1, #mend > article:first-of-type .stop")].filter(e => e.getBoundingClientRect().top + scrollY > 800).map(e => e.textContent)`

// unreachable gives what scrolls sideways and cannot be focused.
const unreachable = `[...document.querySelectorAll(".scroll, pre.blame, .cause[tabindex]")].filter(e => e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0).map(e => e.className)`

// expectQuiet holds that the page asked for nothing but itself, and that nothing
// went wrong in it.
func (b *viewer) expectQuiet(t *testing.T) {
	t.Helper()
	if resources := ask[[]string](t, b, `performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith("data:"))`); len(resources) > 0 {
		t.Errorf("the page asked for %q", resources)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.asked) != 1 || len(b.console) > 0 {
		t.Errorf("asked of the server: %q, written to the console: %q", b.asked, b.console)
	}
}
