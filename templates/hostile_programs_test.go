package templates

import (
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// nasties are those of the hostile strings that the real programs are given, with no
// control characters but one of each kind, and what their own languages begin with.
var nasties = []string{
	"x\nRequire all granted", "x\rx", "x\x00x", "x\x1b[31m", "x\u2028y",
	`x"`, `x" Require all granted`, `"x"`, `'x' y`, `x\`, `x\\`, `\" y`, `x\n`, "`id`", "$(id)",
	"${HOME}", "$x $$ ${x}", "%{ENV:HOME}", "%(x)s", "%%{x}", "%2e%2e%2f",
	"<If true>", "</VirtualHost>", "x> y", "# x", "x # y", "; x", "|/bin/sh", "exec:/bin/sh",
	"{{ x }}", "{% raw %}", "{# x #}", "{0.__class__}", "}}", "@@0@@", "@@each:gate@@",
	"é日本😀", "x\u202ey", "- x: [y]", "&x *y !z", "null", "no", "0123", "1e3", "2024-01-01", "'''", `"""`, "~", " x ",
	strings.Repeat("x", 200), strings.Repeat(`\`, 99), strings.Repeat(`"`, 99), "(a+)+$", "../x",
}

// nastyForm is a platform whose files real programs read, with the sample that every
// part of it can be rendered of.
var nastyForms = []string{"debian-12", "kolla", "openstack-ansible", "openstack-helm", "rhoso-18", "rhosp-17.1"}

// nasty is one string in all places of the sample that take it.
type nasty struct {
	value   string
	form    string
	places  int
	bundles []*Bundle
}

// programSample is a description in which everything is that real programs read.
func programSample(t *testing.T) (*yaml.Node, []spot) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal(read(t, "testdata/hostile/programs.yaml"), &document); err != nil {
		t.Fatal(err)
	}
	root := document.Content[0]
	if !sound(root) {
		t.Fatal("programs.yaml is refused as it is")
	}
	known := shapes(t)
	return root, slices.DeleteFunc(spots(t, []*yaml.Node{root}), func(s spot) bool { return !known[s.shape] })
}

// settle puts a value at as many places as ok allows: at all of them, or else at those
// of each half. It changes root, and gives the places.
func settle(root *yaml.Node, at []spot, value string, ok func() bool) []spot {
	if len(at) == 0 {
		return nil
	}
	var before []yaml.Node
	for _, s := range at {
		n := s.in(root)
		before = append(before, *n)
		n.SetString(value)
		n.Style = yaml.DoubleQuotedStyle
	}
	if ok() {
		return at
	}
	for i, s := range at {
		*s.in(root) = before[i]
	}
	if len(at) == 1 {
		return nil
	}
	half := len(at) / 2
	return append(settle(root, at[:half], value, ok), settle(root, at[half:], value, ok)...)
}

func (s spot) in(root *yaml.Node) *yaml.Node {
	for _, i := range s.path {
		root = root.Content[i]
	}
	return root
}

// planted gives, for every string and form, what is rendered with it in all places
// that take it there. Ports are counted up: one httpd reads all of the first form.
func planted(t *testing.T) (out []nasty) {
	t.Helper()
	below := t.TempDir()
	mkdir(t, filepath.Join(below, "etc/apache2/oidc"), 0o755)
	mkdir(t, filepath.Join(below, "var/log/apache2"), 0o755)
	sample, at := programSample(t)
	for k, value := range append([]string{"harmless"}, nasties...) {
		root := cloned(sample)
		taken := settle(root, at, value, func() bool { return sound(root) })
		for _, form := range nastyForms {
			one := nasty{value: value, form: form}
			in := cloned(sample)
			one.places = len(settle(in, taken, value, func() bool { one.bundles = render(t, in, form, value, k, below); return one.bundles != nil }))
			if one.bundles == nil {
				one.bundles = render(t, in, form, value, k, below)
			}
			out = append(out, one)
		}
	}
	return out
}

// render gives nil where the description is refused. The value is a part of each secret,
// too. What httpd reads lies below a folder.
func render(t *testing.T, root *yaml.Node, form, value string, k int, below string) []*Bundle {
	t.Helper()
	text, err := yaml.Marshal(root)
	fed, list := spec.Load("f.yaml", text)
	if err != nil || list.HasErrors() {
		return nil
	}
	if form == "rhosp-17.1" {
		fed.Controllers = []spec.Controller{{Name: spec.Text{Value: "ctl0"}, Address: spec.Text{Value: "10.0.0.11"}}}
	}
	if form != nastyForms[0] {
		fed.HTTPD.UWSGI, below = spec.Text{}, ""
	}
	fed.HTTPD.Listen.Value, fed.HTTPD.GatePort.Value = fmt.Sprintf("127.0.0.1:%d", 20000+2*k), 20001+2*k
	bundles, list, err := renderedAs(fed, [3]string{form, "gate", "whole"}, func(in *Inputs) {
		in.Prefix = below
		in.Secrets = func(spec.Secret) (secret.Value, error) { return secret.New("secret " + value), nil }
	})
	if err != nil || list.HasErrors() {
		return nil
	}
	return bundles
}

// question is a text for a program, and what we read in it.
type question struct {
	How  string `json:"how"`
	Text string `json:"text"`
	what string
	want any
}

// TestHostileByPrograms puts each nasty string at all places that take it, and has the
// programs read what is rendered. Each must read what our own readers read there, which
// TestHostileStrings holds against what was meant.
func TestHostileByPrograms(t *testing.T) {
	all := planted(t)
	t.Run("python", func(t *testing.T) { byPython(t, all) })
	t.Run("httpd", func(t *testing.T) {
		byHTTPD(t, slices.DeleteFunc(slices.Clone(all), func(n nasty) bool { return n.form != nastyForms[0] }))
	})
}

// byPython: json, PyYAML, oslo.config, Jinja2 and Python itself.
func byPython(t *testing.T, all []nasty) {
	var questions []question
	places := map[string]int{}
	for _, n := range all {
		places[n.form] += n.places
		for _, b := range n.bundles {
			for _, f := range b.Files {
				if q, ok := questionOf(t, f); ok {
					q.what = fmt.Sprintf("%q on %s: %s", short(n.value), n.form, f.Path)
					questions = append(questions, q)
				}
			}
		}
	}
	kinds := map[string]int{}
	for i, got := range answers(t, questions) {
		q := questions[i]
		kinds[q.How]++
		if diff := cmp.Diff(plain(t, q.want), got.Value); got.Error != "" || diff != "" {
			t.Errorf("%s: %s (-ours +%s's):\n%s", q.what, got.Error, q.How, diff)
		}
	}
	t.Logf("places that took a string: %v; texts read: %v", places, kinds)
	for _, how := range []string{"json", "yaml", "ansible", "jinja", "oslo", "python"} {
		if kinds[how] < len(nasties) {
			t.Errorf("only %d texts were read as %s", kinds[how], how)
		}
	}
	for _, form := range nastyForms {
		if places[form] < 10*len(nasties) {
			t.Errorf("only %d strings were taken on %s", places[form], form)
		}
	}
}

// questionOf says who reads a file, and what we read in it.
func questionOf(t *testing.T, f File) (question, bool) {
	t.Helper()
	text := string(f.Content)
	q := question{Text: text}
	var err error
	switch extension := path.Ext(f.Path); {
	case strings.HasPrefix(f.Path, "/tasks/") || strings.HasPrefix(path.Base(f.Path), "playbook") || f.Path == "/keystone-federation.yml":
		return q, false // the same for everybody, and full of templates
	case f.Kind == Deploy && strings.HasPrefix(f.Path, "/etc/kolla/config/"):
		q.How, q.want = "jinja", text
	case extension == ".pem":
		return q, false
	case f.Kind == Metadata, f.Kind == Mappings, f.Kind == manifestKind:
		q.How = "json"
		err = json.Unmarshal(f.Content, &q.want)
	case extension == ".yaml", extension == ".yml":
		q.How = "yaml"
		if f.Kind == Deploy && (strings.HasPrefix(f.Path, "/etc/") || f.Path == "/inventory.yml") {
			q.How = "ansible"
		}
		q.Text = replaceOnce(text, mpmFile)
		err = yaml.Unmarshal([]byte(q.Text), &q.want)
	case f.Kind == Horizon:
		q.How = "python"
		q.want, err = settingsOf(f.Content)
	case f.Kind == Keystone:
		q.How, q.want = "oslo", assignments(text)
	default:
		return q, false
	}
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return q, true
}

func settingsOf(text []byte) (any, error) {
	list, err := readPython(text)
	out := map[string]any{}
	for _, s := range list {
		out[s.name] = dictionary(s.value)
	}
	return out, err
}

func dictionary(value any) any {
	switch v := value.(type) {
	case []entry:
		out := map[string]any{}
		for _, e := range v {
			out[e.key] = dictionary(e.value)
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, dictionary(item))
		}
		return out
	}
	return value
}

// assignments reads sections and assignments, each on a line of its own.
func assignments(text string) any {
	out, section := map[string]map[string]any{}, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		name, value, ok := strings.Cut(line, " = ")
		value = strings.ReplaceAll(value, "$$", "$")
		switch {
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
			out[section] = map[string]any{}
		case !ok || strings.HasPrefix(line, "#"):
		case name == "methods":
			out[section][name] = strings.Split(value, ",")
		case name == "trusted_dashboard":
			known, _ := out[section][name].([]string)
			out[section][name] = append(known, value)
		default:
			out[section][name] = value
		}
	}
	return out
}

// plain turns a value into what JSON makes of it.
func plain(t *testing.T, value any) (out any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}
