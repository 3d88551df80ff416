package report

import (
	"bytes"
	"encoding/base64"
	unescape "html"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe"
)

func htmlOf(t testing.TB, f probe.Fleet) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, f, HTMLOptions{Source: sampleSource}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sampleSource(string) []byte { return []byte("[openid]\nremote_id_attribute = OIDC-iss\n") }

func TestHTML(t *testing.T) {
	labtest.Golden(t, filepath.Join("testdata", "report.html"), []byte(htmlOf(t, samples()["refused"])), *update)
}

// Nothing from outside becomes markup, or turns the direction of what is read.
func TestHostileHTML(t *testing.T) {
	got := htmlOf(t, samples()["hostile"])
	for _, bad := range []string{"<img src=x", "<b> answered", "<i>-", "</script>", "{{.}}</", "\u202e", "\x1b"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if strings.Count(got, "</style>") != 1 || !strings.Contains(unescape.UnescapeString(got), base64.StdEncoding.EncodeToString([]byte(hostile))) {
		t.Error("the style is left, or the picture is lost")
	}
}

// The page can ask nobody for anything: no script, no address that is fetched.
func TestSelfContained(t *testing.T) {
	got := htmlOf(t, samples()["refused"])
	if m := regexp.MustCompile(`(?i)<script|<iframe|<object|<link[^>]*href="[^d]|\ssrc="[^d]|url\(|@import|\son[a-z]+=`).FindString(got); m != "" {
		t.Errorf("the page holds %q", m)
	}
	if !strings.Contains(got, "default-src 'none'") {
		t.Error("no policy forbids what the page does not need")
	}
}

// Where the mark stands is who answered.
func TestFlow(t *testing.T) {
	for by, want := range map[keystone.AnsweredBy]string{
		keystone.ByProxy:   "Refused by proxy (418). Not reached: httpd, mod_auth_openidc, Keystone. ",
		keystone.ByHTTPD:   "Passed: proxy. Refused by httpd (418). Not reached: mod_auth_openidc, Keystone. ",
		keystone.ByOpenIDC: "Passed: proxy, httpd. Refused by mod_auth_openidc (418). Not reached: Keystone. ",
		keystone.ByItself:  "Passed: proxy, httpd, mod_auth_openidc. Refused by Keystone (418). ",
	} {
		p := sampleWalk("corp")
		breaks(&p, "exchange", probe.Step{Status: 418, AnsweredBy: by, Cause: "x"})
		if got := flowOf(p).Words(); got != want {
			t.Errorf("%s: %q, want %q", by, got, want)
		}
	}
	var got []string
	for _, p := range samples()["broken"][0].Providers[:3] {
		got = append(got, flowOf(p).Words())
	}
	want := []string{"The client had no answer from the cloud.", "The issuer is where it failed (401). No token came as far as the cloud.",
		"The issuer gave the client no answer. The cloud was not asked with a token."}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q, want %q", got, want)
	}
}

// counting counts what is written.
type counting struct{ bytes int }

func (c *counting) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return len(p), nil
}

// A hundred providers at three controllers stay a page that a browser opens, also
// where nothing works at all.
func TestPageOfAHundred(t *testing.T) {
	sound, broken := (sample{100, 3, true}).fleet(), (sample{100, 3, true}).fleet()
	for _, r := range broken {
		for i := range r.Providers {
			breaks(&r.Providers[i], "exchange", notRegistered(r.Providers[i]))
		}
		for i := range r.Isolation {
			c := &r.Isolation[i]
			c.Verdict, c.Status, c.AnsweredBy, c.Cause, c.Mend = probe.Fail, 0, keystone.ByNobody, "keystone.test:5000: connection refused", "see that httpd listens there"
		}
	}
	const limit = 5 << 20
	for name, f := range map[string]probe.Fleet{"sound": sound, "broken": broken} {
		var page counting
		if err := WriteHTML(&page, f, HTMLOptions{}); err != nil || page.bytes > limit {
			t.Errorf("%s: %d bytes, want at most %d; %v", name, page.bytes, limit, err)
		}
		t.Logf("%s: %d bytes", name, page.bytes)
	}
}

// Twice the providers are twice the work, in what is written and what is drawn.
func TestReportsGrowLinearly(t *testing.T) {
	for name, write := range map[string]func(probe.Fleet, io.Writer) error{
		"text":  func(f probe.Fleet, w io.Writer) error { return WriteText(w, f, TextOptions{}) },
		"json":  func(f probe.Fleet, w io.Writer) error { return WriteJSON(w, f) },
		"junit": func(f probe.Fleet, w io.Writer) error { return WriteJUnit(w, f) },
		"html":  func(f probe.Fleet, w io.Writer) error { return WriteHTML(w, f, HTMLOptions{}) },
	} {
		cost := func(n int) float64 {
			f := sample{providers: n, controllers: 1}.fleet()
			return testing.AllocsPerRun(1, func() {
				if err := write(f, io.Discard); err != nil {
					t.Fatal(err)
				}
			})
		}
		small, large := cost(100), cost(400)
		if large > 4.4*small {
			t.Errorf("%s: 100 providers take %.0f allocations, 400 take %.0f", name, small, large)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	f := sample{100, 3, true}.fleet()
	for b.Loop() {
		if err := WriteHTML(io.Discard, f, HTMLOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
