package explain_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// stopped are the gates that must be marked, by case: rule and place in it.
var stoppedGates = map[string][]string{
	"mapped": {"3.1"}, "refused": {"1.1", "2.2", "3.1", "4.2"}, "failed": {}, "chance": {}, "hostile": {"2.1"},
}

// TestPageInChromium looks at every page in three widths.
func TestPageInChromium(t *testing.T) {
	b := newBrowser(t)
	for _, name := range cases(t) {
		t.Run(name, func(t *testing.T) {
			b.open(t, name)
			for _, width := range []int64{400, 900, 1600} {
				b.look(t, width, stoppedGates[name])
			}
			b.expectQuiet(t)
		})
	}
}

// browser shows pages of a server that notes what is asked of it.
type browser struct {
	ctx    context.Context
	server *httptest.Server

	mu      sync.Mutex
	page    []byte
	asked   []string
	console []string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		labtest.Require(t, "no chromium: "+err.Error())
	}
	b := &browser{}
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
	b.ctx, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	go b.listen()
	return b
}

// listen keeps what pages and browser write to the console.
func (b *browser) listen() {
	for message, err := range chromedp.Console(b.ctx) {
		if err != nil {
			return
		}
		b.mu.Lock()
		b.console = append(b.console, message.Text)
		b.mu.Unlock()
	}
}

func (b *browser) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, r.URL.Path)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.page)
}

func (b *browser) open(t *testing.T, name string) {
	t.Helper()
	var page bytes.Buffer
	if err := report(t, name).WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	b.mu.Lock()
	b.page, b.asked, b.console = page.Bytes(), nil, nil
	b.mu.Unlock()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.server.URL+"/"+name)); err != nil {
		t.Fatal(err)
	}
	ask[bool](t, b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
}

func ask[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// look judges a page in one width: nothing sticks out, the gates that stopped
// the login are marked, and every line ends where it should.
func (b *browser) look(t *testing.T, width int64, want []string) {
	t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
	if got := ask[int64](t, b, `document.documentElement.scrollWidth`); got > width {
		t.Errorf("%d px: the page is %d px wide", width, got)
	}
	marked := ask[[]string](t, b, `[...document.querySelectorAll(".gate.stopped")].map(g => g.dataset.gate)`)
	if diff := cmp.Diff(want, marked); diff != "" {
		t.Errorf("%d px: marked gates (-want +got):\n%s", width, diff)
	}
	if n := ask[int](t, b, linesSeen); n == 0 {
		t.Errorf("%d px: no lines are drawn", width)
	}
	if stray := ask[[]string](t, b, strayLines); len(stray) > 0 {
		t.Errorf("%d px: lines that end beside what they lead to: %q", width, stray)
	}
}

const visible = `[...document.querySelectorAll(".rail path, .gutter path")].filter(p => p.ownerSVGElement.getBoundingClientRect().width > 0)`

const linesSeen = visible + `.length`

// strayLines gives the lines whose end is at the height of no gate of their
// state, or, from a rule on, of no result.
const strayLines = `(() => {
  const ends = p => new DOMPoint(0, p.getPointAtLength(p.getTotalLength()).y).matrixTransform(p.ownerSVGElement.getScreenCTM()).y;
  const within = (y, boxes) => boxes.some(b => { const r = b.getBoundingClientRect(); return y > r.top && y < r.bottom; });
  const goals = p => [...document.querySelectorAll({passed: ".gate.passed", stopped: ".gate.stopped", unreached: ".gate.unreached"}[p.classList[1]] || ".result")];
  return ` + visible + `.filter(p => !within(ends(p), goals(p))).map(p => p.textContent);
})()`

// expectQuiet holds that the page asked for nothing but itself, and that nothing
// went wrong in it.
func (b *browser) expectQuiet(t *testing.T) {
	t.Helper()
	if resources := ask[[]string](t, b, `performance.getEntriesByType("resource").map(e => e.name)`); len(resources) > 0 {
		t.Errorf("the page asked for %q", resources)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.asked) != 1 || len(b.console) > 0 {
		t.Errorf("asked of the server: %q, written to the console: %q", b.asked, b.console)
	}
}
