package browser

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"

	"github.com/fedstone/fedstone/probe"
)

// Chromium starts one browser a walk. The zero Chromium is the installed one.
type Chromium struct {
	Path string // "": what Find finds
	// Addresses are where to connect to in the stead of a host and port, such as
	// "keystone.example.org:5000": "10.0.0.11:5000".
	Addresses map[string]string
}

// Walk serves probe.Browser.
func (c Chromium) Walk(ctx context.Context, w probe.Walk) probe.Walked {
	if c.Path == "" {
		path, err := Find()
		if err != nil {
			return probe.Walked{Stage: probe.NoBrowser, Why: err.Error()}
		}
		c.Path = path
	}
	home, err := os.MkdirTemp("", "fedstone-browser-")
	if err != nil {
		return probe.Walked{Stage: probe.NoBrowser, Why: "no folder for the browser: " + err.Error()}
	}
	defer os.RemoveAll(home)
	allocator, stop := chromedp.NewExecAllocator(ctx, c.options(home, w)...)
	defer stop()
	tab, closeTab := chromedp.NewContext(allocator)
	defer closeTab()
	return (&walker{ctx: tab, walk: w}).walked()
}

func (c Chromium) options(home string, w probe.Walk) []chromedp.ExecAllocatorOption {
	return append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(c.Path), chromedp.NoInheritEnv, chromedp.Env(environment(home)...), chromedp.WindowSize(width, height),
		// By their keys alone: everything else about certificates is verified as ever.
		chromedp.Flag("ignore-certificate-errors-spki-list", strings.Join(w.Keys, ",")),
		chromedp.Flag("host-resolver-rules", c.rules()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)
}

// rules are Chromium's for Addresses.
func (c Chromium) rules() string {
	var rules []string
	for from, to := range c.Addresses {
		rules = append(rules, "MAP "+from+" "+to)
	}
	slices.Sort(rules)
	return strings.Join(rules, ",")
}

// environment keeps what a browser needs: the process's own may hold secrets.
func environment(home string) []string {
	env := []string{"HOME=" + home, "TMPDIR=" + home, "LANG=C.UTF-8"}
	for _, name := range []string{"PATH", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}
