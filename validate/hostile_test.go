package validate_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// hostile is a folder that nobody means to have: what is wrong with it is told by
// slug, or in the error; whoever hangs, or takes all memory, ends the tests.
type hostile struct {
	files map[string]string
	links map[string]string
	slug  string
	path  string // what is given; the folder if empty
	err   string
}

func hostiles() map[string]hostile {
	const keystone, horizon, clouds, mapping = "etc/keystone/keystone.conf", "local_settings.py", "clouds.yaml", "corp.json"
	one := func(name, text, slug string) hostile {
		return hostile{files: map[string]string{name: text}, slug: slug}
	}
	return map[string]hostile{
		"httpd in UTF-16":             one("a.conf", wide("Listen 80\n"), "httpd-nul-byte"),
		"keystone.conf in UTF-16":     one(keystone, wide("[auth]\nmethods = openid\n"), "not-text"),
		"mapping in UTF-16":           one(mapping, wide(`{"rules": []}`), "not-text"),
		"clouds.yaml in UTF-16":       one(clouds, wide("clouds: {}\n"), "not-text"),
		"settings in UTF-16":          one(horizon, wide("WEBSSO_ENABLED = True\n"), "not-text"),
		"httpd with a BOM":            one("a.conf", "\ufeffListen 80\n", "unknown-directive"),
		"keystone.conf with a BOM":    one("keystone.conf", "\ufeff[auth]\nmethods = openid\n", "oslo-encoding"),
		"mapping with a BOM":          one(mapping, "\ufeff"+`{"rules": []}`, "bad-json"),
		"keystone.conf in Latin-1":    one("keystone.conf", "[auth]\n# J\xfcrgen\nmethods = openid\n", "oslo-encoding"),
		"mapping in Latin-1":          one(mapping, "{\"rules\": [\"J\xfcrgen\"]}", "bad-json"),
		"settings in Latin-1":         one(horizon, "# J\xfcrgen\nWEBSSO_ENABLED = True\n", "python-syntax"),
		"a program":                   one("a.conf", "\x7fELF\x02\x01\x01\x00\x00\x00\n\x00\n", "httpd-nul-byte"),
		"an empty file":               {files: map[string]string{"keystone.conf": " \n"}, path: "keystone.conf", slug: "unknown-file"},
		"keystone.conf of 20 MB":      one("keystone.conf", "[auth]\n"+strings.Repeat("# a comment of twenty\n", 1e6), "file-too-large"),
		"a value of a million lines":  one("keystone.conf", "[auth]\nmethods = a\n"+strings.Repeat(" a,\n", 1e6), "method-unknown"),
		"settings of 3 MB":            one(horizon, "WEBSSO_ENABLED = "+strings.Repeat("not ", 1e6)+"1\n", "file-too-large"),
		"brackets 100 000 deep":       one(horizon, "WEBSSO_CHOICES = "+nested("(", ")"), "python-syntax"),
		"JSON 100 000 deep":           one(mapping, `{"rules": `+nested("[", "]")+"}", "bad-json"),
		"YAML 100 000 deep":           one(clouds, "clouds: "+nested("[", "]"), "clouds-syntax"),
		"many JSON values of depth":   one(mapping, `{"rules": [`+strings.Repeat(strings.Repeat("[", 100)+strings.Repeat("]", 100)+",", 1e5)+"]}", "file-too-large"),
		"YAML that grows":             one(clouds, growing("clouds"), "clouds-shape"),
		"a line of 20 MB":             one("a.conf", "Listen "+strings.Repeat("8", 20<<20), "httpd-line-too-long"),
		"a file of 70 MB":             one("a.conf", strings.Repeat("# comment of sixteen\n", 70<<20/21), "httpd-include-too-large"),
		"values that grow":            one("a.conf", "Define a xxxxxxxx\n"+strings.Repeat("Define a ${a}${a}${a}${a}\n", 60)+"Listen ${a}\n", "httpd-too-much"),
		"sections 100 000 deep":       one("a.conf", strings.Repeat("<Location />\n", 1e5), "httpd-too-much"),
		"macros that use macros":      one("a.conf", multiplied(), "httpd-too-much"),
		"a macro within itself":       one("a.conf", "<Macro A>\nUse A\n</Macro>\nUse A\n", "httpd-bad-macro-use"),
		"a file that is not there":    one("a.conf", "Include /nowhere/a.conf\n", "httpd-include-missing"),
		"an Include of itself":        one("a.conf", "Include a.conf\n", "httpd-include-depth"),
		"an Include without an end":   one("a.conf", "Include /dev/zero\n", "httpd-include-missing"),
		"a cycle by a link":           {files: map[string]string{"b/a.conf": "Include b/me/*.conf\n"}, links: map[string]string{"b/me": "."}, path: "b/a.conf", slug: "httpd-include-missing"},
		"a link to itself":            {links: map[string]string{"a.conf": "a.conf"}, slug: "unreadable"},
		"a link to itself, as it is":  {links: map[string]string{"a.conf": "b.conf", "b.conf": "a.conf"}, path: "a.conf", err: "too many levels"},
		"a device":                    {links: map[string]string{"a.conf": "/dev/zero"}, path: "a.conf", err: "a device"},
		"a device within the folder":  {links: map[string]string{"a.conf": "/dev/zero"}, slug: "unreadable"},
		"nothing there":               {path: "a.conf", err: "no such file"},
		"httpd's folder with a cycle": {files: map[string]string{"etc/httpd/conf/httpd.conf": "ServerRoot /etc/httpd\nInclude conf.d\n", "etc/httpd/conf.d/a.conf": "Listen 80\n"}, links: map[string]string{"etc/httpd/conf.d/me": "."}, slug: "httpd-include-path"},
	}
}

// TestHostileInput: whatever is given, there is an error or a finding that says what
// is wrong; it is never silent.
func TestHostileInput(t *testing.T) {
	for name, c := range hostiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.check(t, c.write(t))
		})
	}
}

// write puts the files below a folder, and gives what is to be judged.
func (c hostile) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range c.files {
		c.place(t, filepath.Join(dir, name), func(path string) error { return os.WriteFile(path, []byte(text), 0o600) })
	}
	for name, target := range c.links {
		c.place(t, filepath.Join(dir, name), func(path string) error { return os.Symlink(target, path) })
	}
	return filepath.Join(dir, c.path)
}

func (c hostile) place(t *testing.T, path string, put func(string) error) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := put(path); err != nil {
		t.Fatal(err)
	}
}

func (c hostile) check(t *testing.T, path string) {
	site, err := subject.Load(path, []string{path}, subject.Options{})
	if c.err != "" {
		if err == nil || !strings.Contains(err.Error(), c.err) {
			t.Errorf("error %v, want one with %q", err, c.err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	sites := []*subject.Site{site}
	result := validate.Run(sites, false)
	var slugs []string
	for _, f := range result.Findings {
		if f.Slug == c.slug && f.Severity == finding.Error {
			var out bytes.Buffer
			if err := finding.WriteText(&out, finding.List{f}, finding.TextOptions{Source: validate.Excerpts(sites, finding.List{f})}); err != nil || out.Len() > 1<<16 {
				t.Errorf("%d bytes are printed: %v", out.Len(), err)
			}
			return
		}
		slugs = append(slugs, f.Slug)
	}
	t.Errorf("found %.300q, want an error %s", slugs, c.slug)
}

func wide(text string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

// multiplied is a macro that stands for 10^20 lines.
func multiplied() string {
	text := "<Macro A0>\nListen 80\n</Macro>\n"
	for i := range 20 {
		text += fmt.Sprintf("<Macro A%d>\n%s</Macro>\n", i+1, strings.Repeat(fmt.Sprintf("Use A%d\n", i), 10))
	}
	return text + "Use A20\n"
}

func nested(open, closing string) string {
	return strings.Repeat(open, 1e5) + strings.Repeat(closing, 1e5)
}

// growing is YAML whose value has 9^12 items when its references are followed.
func growing(key string) string {
	text := "a: &a [x]\n"
	for i := range 12 {
		from, to := string(rune('a'+i)), string(rune('b'+i))
		text += to + ": &" + to + " [*" + strings.Repeat(from+",*", 8) + from + "]\n"
	}
	return text + key + ": *m\n"
}
