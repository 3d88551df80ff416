package templates

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// hostile are strings that mean something to one of the readers.
var hostile = []string{
	"x\nRequire all granted", "x\r\nRequire all granted", "x\rx", "x\vx", "x\fx", "x\x00x", "x\x7fx", "x\x1b[31m", "x\u0085x", "\t", "x\ty",
	`"`, `x"`, `x" Require all granted`, `"x"`, `'`, `'x'`, `x' y`, `\`, `x\`, `x\\`, `\"`, `x\" y`, `x\n`, "`id`", "$(id)",
	"${HOME}", "x${X}y", "$${X}", "$x", "$$", "%{ENV:HOME}", "%{HTTP_HOST}", "%%{x}", "expr=%{x}", "%2e%2e%2f", "%",
	"<If true>", "</If>", "</Location>", "</VirtualHost>\n<VirtualHost *>", "<", ">", "x>", "# x", "#", "x # y", ";", "; x", "x;y", ",", "a,b", "|", "|/bin/sh", "exec:/bin/sh", "exec:", "file:/etc/shadow",
	"@@0@@", "@@each:gate@@", "{{ x }}", "{% x %}", "{# x #}", "{{", "}}", "{0}", "{0.__class__}", "{", "}", "{x}", "{env(x)}", "{99}", "%s", "%(x)s",
	"é", "日本", "x\u202ey", "x\u200by", "\ufeffx", "x\u2028y", "\U0001f600", "\U000e0041", "аdmin", "ﬁ", "e\u0301",
	" ", " x", "x ", "x  y", "-x", "--", "!x", "! x", "&x", "*x", "- x", "? x", ": x", "x: y", "[x]", "[x", "{x: y}", "null", "true", "no", "0123", "1e3", "~", "=x", "@SUM(1)", "'''", `"""`, "<!--", "]]>",
	"..", "../x", "/", "//", "/etc/passwd", "x/../y", "a:b", "a~b", "^a$", "(a+)+$", "[", "(?", ".*", "on", "Off", "env=x", "early", "all", "unset",
	"https://x.example/a?b#c", "https://a@x.example", "http://x.example", "https://x.example/%0d%0ax", "https://x.example/a;b,c=d&e+f(g)!", "https://[::1]:8443/x", "https://x.example:1/~a%41",
	strings.Repeat("x", 300), strings.Repeat("é", 200), strings.Repeat("x", 4000), strings.Repeat("x", 5000), strings.Repeat(`\`, 99), strings.Repeat(`"`, 99),
	"10.0.0.1:5000", "[::]:443", "9.9.9.9", "::1", "x.example:11211",
}

// arena is what hostile values are tried in: every sound description on every
// platform, with every strategy and layout that the schema knows.
type arena struct {
	samples []*yaml.Node
	spots   []spot
	listed  map[string]bool // shapes of strings that are not one of a few
	forms   [][3]string     // platform, strategy, layout
	sound   map[string][]saying
}

func newArena(t testing.TB) *arena {
	t.Helper()
	a := &arena{listed: shapes(t), sound: map[string][]saying{}}
	a.samples, a.spots = everySpot(t)
	for _, p := range platform.Names() {
		for _, strategy := range listedValues(t, "httpd", "strategy") {
			for _, layout := range listedValues(t, "httpd", "layout") {
				a.forms = append(a.forms, [3]string{p, strategy, layout})
			}
		}
	}
	return a
}

// try puts a value at a spot, and holds what comes of it against what comes of the
// sound value. It reports whether the value was taken.
func (a *arena) try(t testing.TB, s spot, form [3]string, value string) (taken bool) {
	t.Helper()
	if value == s.value || !a.listed[s.shape] {
		return false
	}
	text, err := s.with(a.samples, value)
	if err != nil {
		return false // not even YAML carries it
	}
	what := fmt.Sprintf("%q at %s", short(value), s)
	fed, findings := spec.Load("f.yaml", text)
	placed(t, what, text, findings)
	if findings.HasErrors() {
		return false
	}
	form, before := a.possible(t, s, form)
	if before == nil {
		return false
	}
	what = fmt.Sprintf("%s, rendered as %v", what, form)
	bundles, findings, err := rendered(fed, form)
	placed(t, what, text, findings)
	if err != nil {
		t.Errorf("%s: refused without a position: %v", what, err)
	}
	if err != nil || findings.HasErrors() {
		return false
	}
	for _, b := range bundles {
		if err := b.Verify(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	a.compare(t, what, s, before, sayings(t, bundles...), value)
	return true
}

// placed wants every error to be at a place inside of the text, and to be shown
// without a character that a terminal would obey.
func placed(t testing.TB, what string, text []byte, findings finding.List) {
	t.Helper()
	for _, f := range findings {
		at := f.At.Start
		if f.Severity == finding.Error && (at.Line < 1 || at.Column < 1 || at.Byte > len(text)) {
			t.Errorf("%s: refused without a position: %v", what, f)
		}
		if strings.ContainsFunc(f.Message+f.Hint, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == '\u202e' }) {
			t.Errorf("%s: the message repeats a control character: %q", what, f.Message)
		}
	}
}

// possible gives the form, or the next one that the sound value can be rendered in, and what
// that leads to; nil where there is none.
func (a *arena) possible(t testing.TB, s spot, form [3]string) ([3]string, []saying) {
	t.Helper()
	from := max(slices.Index(a.forms, form), 0)
	for i := range a.forms {
		next := a.forms[(from+i)%len(a.forms)]
		if before := a.before(t, s, next); before != nil {
			return next, before
		}
	}
	return form, nil
}

// before gives what the sound value leads to; nil where the form cannot be.
func (a *arena) before(t testing.TB, s spot, form [3]string) []saying {
	t.Helper()
	key := fmt.Sprint(s.sample, form)
	if known, ok := a.sound[key]; ok {
		return known
	}
	text, err := yaml.Marshal(a.samples[s.sample])
	if err != nil {
		t.Fatal(err)
	}
	fed, _ := spec.Load("f.yaml", text)
	var out []saying
	if bundles, findings, err := rendered(fed, form); err == nil && !findings.HasErrors() {
		out = sayings(t, bundles...)
	}
	a.sound[key] = out
	return out
}

func (a *arena) compare(t testing.TB, what string, s spot, before, after []saying, value string) {
	t.Helper()
	if s.shape == ".httpd.listen" && strings.Contains(s.value, ":") != strings.Contains(value, ":") {
		return // a port alone is for every address, or for the controller's
	}
	missing, extra := unexplained(before, after, s.value, value)
	unlike := func(list []saying) []saying {
		return slices.DeleteFunc(list, func(one saying) bool { return s.mayChange(one) })
	}
	if missing, extra = unlike(missing), unlike(extra); len(missing)+len(extra) > 0 {
		t.Errorf("%s: in the place of\n  %q\nstands\n  %q", what, missing, extra)
	}
}

// mayChange tells what a value in a rule may change besides itself: a template's
// braces name claims, and the headers of claims are listed.
func (s spot) mayChange(one saying) bool {
	if !strings.Contains(s.shape, ".rules[]") {
		return false
	}
	if n := slices.Index(one, "requestheader"); n >= 0 && len(one) == n+4 && one[n+1] == "unset" && one[n+3] == "early" {
		return notInHeaders().FindString(one[n+2]) == ""
	}
	return one[1] == string(Mappings) || one[1] == string(Deploy) && ofMapping(one)
}

// ofMapping recognises a part of a mapping's rule that is carried in another file.
func ofMapping(one saying) bool {
	n := slices.IndexFunc(one, func(word string) bool { return word == "local" || word == "remote" })
	return n > 0 && one[n-1] == "[]"
}

func anySecret(spec.Secret) (secret.Value, error) {
	return secret.New("a-secret-of-enough-length-for-all"), nil
}

func short(value string) string {
	if len(value) > 60 {
		return value[:60] + "…"
	}
	return value
}

// TestHostileStrings puts hostile strings at the strings of sound descriptions.
// Each is refused at its place, or is an argument and nothing else. Strings,
// places and forms take turns; with FEDSTONE_DEEP=1 every string is put at every
// place.
func TestHostileStrings(t *testing.T) {
	a, every := newArena(t), 16
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		every = 1
	}
	taken, seen, tried := map[string]int{}, map[string]int{}, 0
	for i, s := range a.spots {
		if seen[s.shape]++; seen[s.shape] > 1 && every > 1 {
			continue
		}
		for k, value := range hostile {
			if (i+k)%every != 0 {
				continue
			}
			if tried++; a.try(t, s, a.forms[(i+k/every)%len(a.forms)], value) {
				taken[s.shape]++
			}
		}
	}
	t.Logf("%d values tried, %v taken", tried, taken)
	for _, shape := range []string{".identity_providers.*.bearer.audience", ".identity_providers.*.bearer.clients[]", ".identity_providers.*.domain"} {
		if taken[shape] == 0 {
			t.Errorf("nothing was taken at %s: there only refusals are tested", shape)
		}
	}
}

// FuzzStrings is TestHostileStrings with strings that the fuzzer makes.
func FuzzStrings(f *testing.F) {
	a := newArena(f)
	for i, value := range hostile {
		f.Add(uint16(i*7), uint8(i), value)
	}
	f.Fuzz(func(t *testing.T, at uint16, form uint8, value string) {
		a.try(t, a.spots[int(at)%len(a.spots)], a.forms[int(form)%len(a.forms)], value)
	})
}

// listedValues gives the values that the schema lists for a key.
func listedValues(t testing.TB, object, name string) (out []string) {
	t.Helper()
	root := schemaRoot(t)
	for _, value := range root.Defs[object].Properties[name].Enum {
		out = append(out, fmt.Sprint(value))
	}
	if len(out) == 0 {
		t.Fatalf("the schema lists no values of %s.%s", object, name)
	}
	return out
}
