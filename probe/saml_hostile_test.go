package probe

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
)

// hostileXML are peers that mislead whoever reads XML.
func hostileXML() map[string]http.HandlerFunc {
	paos := func(text string) http.HandlerFunc { return said(200, "application/vnd.paos+xml", text) }
	bomb := `<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">` + entities(20) + `]>`
	return map[string]http.HandlerFunc{
		"a bomb of entities":            paos(bomb + "<a>&e19;</a>"),
		"an entity from a file":         paos(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`),
		"a DTD from elsewhere":          paos(`<!DOCTYPE a SYSTEM "https://evil.test/steal"><a/>`),
		"a style from elsewhere":        paos(`<?xml-stylesheet href="https://evil.test/steal"?><a/>`),
		"deep XML":                      paos(strings.Repeat("<a>", 200_000)),
		"a hundred thousand attributes": paos("<a" + attributes(50_000) + "/>"),
		"an attribute of a megabyte":    paos(`<a b="` + strings.Repeat("c", 1<<20) + `"/>`),
		"a name of a megabyte":          paos("<" + strings.Repeat("a", 1_000_000) + "/>"),
		"many elements":                 paos("<a>" + strings.Repeat("<b/>", 200_000) + "</a>"),
		"many namespaces":               paos(strings.Repeat(`<a xmlns:b="c">`, 30) + strings.Repeat("<b:a/>", 100_000)),
		"comments without end":          paos("<!--" + strings.Repeat("- ", 500_000)),
		"another encoding":              paos(`<?xml version="1.0" encoding="UTF-16"?><a/>`),
		"XML as text/plain":             said(200, "text/plain", "<a/>"),
		"an empty type":                 said(200, "", "<a/>"),
		"an envelope of nothing":        paos(`<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"/>`),
		"endless XML":                   endless([]byte("<a>" + strings.Repeat(" ", 1000) + "</a>")),
	}
}

// entities defines each by ten of the one before it.
func entities(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<!ENTITY e%d "%s">`, i, strings.Repeat(fmt.Sprintf("&e%d;", i-1), 10))
	}
	return b.String()
}

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ` a%d=""`, i)
	}
	return b.String()
}

// TestHostileSAMLPeers: each step of a login by SAML fails with a verdict of its own
// within its time, with bounded memory.
func TestHostileSAMLPeers(t *testing.T) {
	places := map[string]func(*samlWorld, http.HandlerFunc){
		"metadata":     func(w *samlWorld, h http.HandlerFunc) { w.idp.Describe = h },
		"ecp-request":  func(w *samlWorld, h http.HandlerFunc) { w.sp.Ask = h },
		"ecp-login":    func(w *samlWorld, h http.HandlerFunc) { w.idp.Answer = h },
		"ecp-consume":  func(w *samlWorld, h http.HandlerFunc) { w.sp.Consume = h },
		"ecp-exchange": func(w *samlWorld, h http.HandlerFunc) { w.sp.Enter = h },
	}
	ways := hostileXML()
	maps.Copy(ways, hostileWays())
	for place, put := range places {
		w := newSAMLWorld(t)
		for way, h := range ways {
			t.Run(place+"/"+way, func(t *testing.T) {
				put(w, notToHead(afterBody(h)))
				w.expectVerdict(t, place)
			})
		}
	}
}

func (w *samlWorld) expectVerdict(t *testing.T, place string) {
	opts := w.options(t, oidc.WithTimeout(hostileLimit))
	opts.StepLimit = 2 * hostileLimit
	start, before := time.Now(), allocated()
	r := w.run(t, opts)
	if grown := (allocated() - before) >> 20; grown > 64 {
		t.Errorf("%d MB were allocated", grown)
	}
	s := stepOf(t, r, place)
	if s.Verdict != Fail || s.Cause == "" || len(s.Cause) > 1000 {
		t.Errorf("%+v", s)
	}
	if s.Took > opts.StepLimit+time.Second || time.Since(start) > 10*time.Second {
		t.Errorf("the step took %s, the run %s", s.Took, time.Since(start))
	}
	if strings.Contains(told(r), "evil.test/steal") {
		t.Errorf("the report repeats a hostile address")
	}
}
