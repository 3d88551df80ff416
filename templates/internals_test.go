package templates

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestUnproven: a pair that no run has shown to keep issuers apart is refused. Every platform's own has been run.
func TestUnproven(t *testing.T) {
	s := situation{fed: &spec.Federation{}, platform: platform.Platform{OAuth2: platform.OAuth2{Module: "3.3.1", Library: "2.1.0"}}}
	got := againstOAuth2(s)
	if len(got) != 1 || got[0].why != "no run has shown that mod_oauth2 3.3.1 with liboauth2 2.1.0 keeps issuers apart" {
		t.Errorf("%+v", got)
	}
}

// TestVerifySees: whatever is done to the finished text is noticed.
func TestVerifySees(t *testing.T) {
	sheetOf := func(text string) *httpdPage {
		t.Helper()
		s := newSlots()
		s.one("Name", "a b")
		tm := template.Must(template.New("x").Funcs(template.FuncMap{"arg": unbound, "each": each}).Parse(`{{define "main"}}` + text + `{{end}}`))
		sh, err := compile(tm, "main", s.data(), nil)
		if err != nil {
			t.Fatal(err)
		}
		file, _ := httpdconf.Parse("", []byte(sh.text))
		return &httpdPage{main: &statement{sh, meaningful(file.Nodes)}, values: s.values}
	}
	page := sheetOf("<Location /x>\n  ServerName {{arg .Name}}\n</Location>\nListen 1\n")
	var good bytes.Buffer
	if err := page.fill(&good); err != nil {
		t.Fatal(err)
	}
	if err := page.verify(good.Bytes()); err != nil {
		t.Fatalf("the text itself: %v", err)
	}
	for name, change := range map[string][2]string{
		"a value":        {`"a b"`, `"a c"`},
		"two arguments":  {`"a b"`, `a b`},
		"another name":   {"ServerName", "ServerAdmin"},
		"a line more":    {"Listen 1\n", "Listen 1\nListen 2\n"},
		"a line less":    {"Listen 1\n", ""},
		"a line inside":  {"</Location>", "Require all granted\n</Location>"},
		"another place":  {"/x", "/y"},
		"a line outside": {"  ServerName \"a b\"\n</Location>", "</Location>\nServerName \"a b\""},
		"not closed":     {"</Location>\n", ""},
	} {
		text := strings.Replace(good.String(), change[0], change[1], 1)
		if err := page.verify([]byte(text)); err == nil {
			t.Errorf("%s: not noticed in\n%s", name, text)
		}
	}
}

func TestSlotsNeedArg(t *testing.T) {
	tm := template.Must(template.New("x").Funcs(template.FuncMap{"arg": unbound, "each": each}).Parse("Listen {{.Port}}"))
	if _, err := compile(tm, "x", map[string]any{"Port": slot(0)}, nil); err == nil {
		t.Error("a slot written without arg was taken")
	}
}

var hard = []string{"", "plain", `a"b\c`, "tab\tnl\nnul\x00", "é\u2028😀\x7f", "'''#{[(", " x ", "no", "@@1@@"}

// TestPython holds the writer and the reader against Python itself.
func TestPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	for _, v := range hard {
		literal, err := pythonString(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := readPython([]byte("A = (" + literal + ",)\n"))
		if err != nil || cmp.Diff([]setting{{"A", []any{v}}}, back, cmp.AllowUnexported(setting{})) != "" {
			t.Errorf("%q reads back as %v, %v", v, back, err)
		}
		out, err := exec.Command(python, "-c", "import sys; sys.stdout.buffer.write("+literal+".encode())").Output()
		if err != nil || string(out) != v {
			t.Errorf("Python makes %q of %s, %v", out, literal, err)
		}
	}
}

// TestYAML holds the small reader against a general one.
func TestYAML(t *testing.T) {
	for _, v := range hard {
		scalar, err := yamlString(v)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("# c\nclouds:\n  %s:\n    auth_type: %s\n", scalar, scalar)
		var general map[string]map[string]map[string]string
		if err := yaml.Unmarshal([]byte(text), &general); err != nil || general["clouds"][v]["auth_type"] != v {
			t.Errorf("yaml.v3 reads %q as %v, %v", v, general, err)
		}
		own, err := readYAML([]byte(text))
		want := []yamlLine{{0, "clouds", ""}, {1, v, ""}, {2, "auth_type", v}}
		if err != nil || cmp.Diff(want, own, cmp.AllowUnexported(yamlLine{})) != "" {
			t.Errorf("%q reads back as %v, %v", v, own, err)
		}
	}
}

func TestINIRefuses(t *testing.T) {
	for _, v := range []string{"", " x", "x ", "a\nb", "a\x00", `"x"`, "'x"} {
		if text, err := iniValue(v); err == nil {
			t.Errorf("%q was written as %q", v, text)
		}
	}
	text, err := iniValue("a$b")
	back, readErr := readINI([]byte("[s]\nn = " + text + "\n"))
	if err != nil || readErr != nil || back[0].value != "a$b" {
		t.Errorf("a$b: %q %v %v %v", text, back, err, readErr)
	}
}
