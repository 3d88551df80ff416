package oslo_test

import (
	"math/rand/v2"
	"testing"

	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/google/go-cmp/cmp"
)

// files are what a service may be given, in any order.
var files = []string{
	"[federation]\ntrusted_dashboard = https://a/\ntrusted_dashboard = https://b/\n[auth]\nmethods = password\n",
	"[Federation]\ntrusted_dashboard = https://c/\n[federation]\ntrusted_dashboard = https://d/\ntrusted-dashboard = https://e/\n",
	"[auth]\nmethods = token\nMethods = none\n[auth]\nmethods = openid\n[federation]\n",
	"[DEFAULT]\nmethods = default\n[AUTH]\nmethods =\n[FEDERATION]\ntrusted_dashboard =\n",
	"[default]\nmethods = not default\n[ auth ]\nmethods = spaces\n[federation]\ntrusted_dashboard = \"$$\"\n",
	"", "# nothing\n",
}

// TestServiceAsOsloConfig compares what a service with some files is given, for
// options with one value and with many.
func TestServiceAsOsloConfig(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	names := [][2]string{{"auth", "methods"}, {"DEFAULT", "methods"}, {"default", "methods"}, {"federation", "trusted_dashboard"}, {"auth", "Methods"}}
	options := []option{
		{"auth", "methods", "string", nil}, {"auth", "Methods", "string", nil}, {"DEFAULT", "methods", "string", nil}, {"default", "methods", "string", nil},
		{"federation", "trusted_dashboard", "multi", nil},
	}
	var questions []question
	for range 300 {
		q := question{Options: options, Read: names}
		for range 1 + random.IntN(4) {
			q.Files = append(q.Files, []byte(files[random.IntN(len(files))]))
		}
		questions = append(questions, q)
	}
	for i, want := range ask(t, questions) {
		if diff := cmp.Diff(want.Values, served(read(t, questions[i]), names)); diff != "" {
			t.Errorf("%q\n%s", questions[i].Files, diff)
		}
	}
}

func served(config *oslo.Config, names [][2]string) (all []given) {
	for _, name := range names {
		if name[0] == "federation" {
			all = append(all, many(config, config.All(name[0], name[1])))
		} else if v, ok := config.Get(name[0], name[1]); ok {
			all = append(all, given{Value: config.Resolve(v, nil).Text})
		} else {
			all = append(all, given{})
		}
	}
	return all
}

func many(config *oslo.Config, values []oslo.Value) given {
	if len(values) == 0 {
		return given{}
	}
	texts := []any{}
	for _, v := range values {
		texts = append(texts, config.Resolve(v, nil).Text)
	}
	return given{Value: texts}
}

func TestSections(t *testing.T) {
	first, _ := oslo.Parse("a.conf", []byte("[b]\n[a]\n[B]\nx = 1\n[b]\n"))
	second, _ := oslo.Parse("b.conf", []byte("[ b ]\n[a]\n[c]\n"))
	if diff := cmp.Diff([]string{"b", "a", "B", " b ", "c"}, oslo.New(first, second).Sections()); diff != "" {
		t.Error(diff)
	}
	if got := oslo.New(); len(got.Sections()) != 0 || len(got.All("a", "b")) != 0 {
		t.Error("no files have no sections")
	}
}

// TestNotASCII asks a Python in the locale C with its UTF-8 mode off, which is how
// mod_wsgi runs it unless WSGIDaemonProcess has lang or locale.
func TestNotASCII(t *testing.T) {
	var questions []question
	var texts []string
	for _, text := range parseCases {
		texts = append(texts, text)
		questions = append(questions, question{Files: [][]byte{[]byte(text)}})
	}
	refused := 0
	for i, want := range ask(t, questions, "LC_ALL=C", "PYTHONUTF8=0", "PYTHONCOERCECLOCALE=0") {
		file, _ := oslo.Parse("x.conf", []byte(texts[i]))
		undecodable := want.Reason == string(oslo.NotUTF8)
		if got := file.NotASCII.Start.Known(); got != undecodable || got && file.NotASCII.Start.Byte != want.Byte {
			t.Errorf("%q: not ASCII at %+v, Python: %+v", texts[i], file.NotASCII, want)
		}
		if undecodable {
			refused++
		}
	}
	if refused == 0 {
		t.Error("no text shows it")
	}
}
