package oslo_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// outcome is a Resolution, or what the service has, in words that both share.
type outcome struct {
	Text   string
	Broken bool
}

// registered are the options of the service to which all texts here are given.
var registered = []option{
	{"g", "a", "string", nil}, {"g", "b", "string", nil}, {"g", "c", "string", text("$a.$x.y")}, {"g", "n", "integer", text("5")},
	{"g", "t", "boolean", nil}, {"g", "none", "string", nil}, {"g", "g", "string", nil}, {"h", "a", "string", text("h-$b")}, {"h", "b", "string", nil},
	{"h", "x.y", "string", text("dotted")}, {"Up", "a", "string", text("$h.a")}, {"Up", "n", "integer", nil},
	{"DEFAULT", "a", "string", nil}, {"DEFAULT", "d", "string", text("default")}, {"DEFAULT", "n", "integer", nil}, {"DEFAULT", "x.y", "string", text("dotted too")},
	{"DEFAULT", "none", "string", nil}, {"DEFAULT", "t", "boolean", text("on")}, {"DEFAULT", "h", "string", text("hidden by the section")},
}

func text(s string) *string { return &s }

var kinds = map[string]oslo.Kind{"string": oslo.String, "integer": oslo.Integer, "boolean": oslo.Boolean}

func options() oslo.Options {
	all := oslo.Options{}
	for _, o := range registered {
		entry := oslo.Option{Kind: kinds[o.Kind]}
		if o.Default != nil {
			entry.Default = *o.Default
		}
		all[oslo.Name{Section: o.Section, Key: o.Key}] = entry
	}
	return all
}

// resolveCases are values of [g] a in front of what else is set.
var resolveCases = []string{
	"plain", "$", "$$", `\$b`, `\\$b`, `\$$b`, "$$b", "$$$b", "$1", "$ b", "${", "${}", "${b", "${b}", "${b }", "${{b}}", "$b$b", "x${b}y", "$B", "$b.", "$b..c",
	"$none", "$nothing", "$n", "$t", "$a", "$c", "$d", "$g", "$h", "$h.a", "$h.b", "$h.x.y", "${h.a}", "$x.y", "$H.a", "$Up.a", "$up.a", "$DEFAULT.d", "$g.a", "$g.b",
	"$h.nothing", "$nowhere.a", "$é", "$bé", "$_", "$\u212a", "$b\u0131", "${\u017f}", "$n-$t", "$b $nothing $h", "100 $ a day", "pa$word", "pa$$word", "https://$d:${n}/v3",
}

var settings = []string{
	"b = 1\n", "b = $d\n", "b = $n\n", "n = 0x1\n", "n = ' 012 '\n", "n =\n", "n = 1_000\n", "n = $d\n", "t = $b\n", "t = yes\n", "c = $b$b\n", "c = ${h.b}\n", "b = $c\n",
	"[h]\na = $b\n", "[H]\nb = $a\n", "[h]\nb = \\$\n", "[DEFAULT]\na = $d!\n", "[DEFAULT]\nd = $g.b\n", "[DEFAULT]\nn = 7\n", "[UP]\na = 3\n", "[G]\nb = $nothing\n", "b =\n  $d\n",
	"none = $none\n", "[DEFAULT]\nnone = $t\n", "[g]\nb = \"$d\"\n", "[default]\nd = wrong\n",
}

// TestResolvesAsOsloConfig compares what a service gets, in two files.
func TestResolvesAsOsloConfig(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	var questions []question
	for _, value := range resolveCases {
		questions = append(questions, service("[g]\na = "+value+"\nb = B\n", ""))
	}
	for range 1000 {
		value := resolveCases[random.IntN(len(resolveCases))]
		first := "[g]\na = " + value + resolveCases[random.IntN(len(resolveCases))] + "\n" + some(random)
		questions = append(questions, service(first, "[g]\n"+some(random)))
	}
	t.Logf("seed %d", seed)
	broken := 0
	for i, want := range ask(t, questions) {
		broken += compareResolved(t, questions[i], want)
	}
	if broken == 0 || broken == len(questions) {
		t.Errorf("%d of %d values are broken: one side only", broken, len(questions))
	}
}

func some(random *rand.Rand) (text string) {
	for range random.IntN(6) {
		text += settings[random.IntN(len(settings))]
	}
	return text
}

// service asks for two options of which the first is set.
func service(files ...string) question {
	q := question{Options: registered, Read: [][2]string{{"g", "a"}, {"g", "b"}, {"h", "a"}, {"DEFAULT", "a"}}}
	for _, f := range files {
		q.Files = append(q.Files, []byte(f))
	}
	return q
}

func compareResolved(t *testing.T, q question, want answer) (broken int) {
	t.Helper()
	config := read(t, q)
	for i, name := range q.Read {
		v, ok := config.Get(name[0], name[1])
		if !ok {
			continue
		}
		got := config.Resolve(v, options())
		expected := outcome{Broken: want.Values[i].Error != ""}
		if !expected.Broken {
			expected.Text = fmt.Sprint(want.Values[i].Value)
		} else {
			broken = 1
		}
		if got.Outcome == oslo.Undecided {
			t.Errorf("%q: %v is undecided: %s", q.Files, name, got.Why)
		} else if diff := cmp.Diff(expected, outcome{Text: got.Text, Broken: got.Outcome == oslo.Broken}); diff != "" {
			t.Errorf("%q: %v, %s (%s)\n%s", q.Files, name, want.Values[i].Error, got.Why, diff)
		}
	}
	return broken
}

// read puts the files of a question together.
func read(t *testing.T, q question) *oslo.Config {
	t.Helper()
	var files []*oslo.File
	for _, text := range q.Files {
		file, found := oslo.Parse("x.conf", text)
		if len(found) > 0 {
			t.Fatalf("%q: %v", text, found)
		}
		files = append(files, file)
	}
	return oslo.New(files...)
}

func TestUndecided(t *testing.T) {
	known := oslo.Options{{Section: "g", Key: "other"}: {}, {Section: "g", Key: "b"}: {Kind: oslo.String}, {Section: "g", Key: "itself"}: {Kind: oslo.String}}
	cases := map[string]struct {
		text    string
		options oslo.Options
		want    oslo.Resolution
	}{
		"no options":         {"x$b", nil, oslo.Resolution{Reference: "b", Why: "which options the service registers is not known"}},
		"nothing to replace": {"$$x", nil, oslo.Resolution{Outcome: oslo.Decided, Text: "$x"}},
		"another type":       {"${other}", known, oslo.Resolution{Reference: "other", Why: "the type of the option it names is not known"}},
		"deep":               {"$deep0", chain("deep", "$%s%d", 40), oslo.Resolution{Reference: "deep0", Why: "its references are nested too deep"}},
		"long":               {"$long0", chain("long", "$%[1]s%[2]d$%[1]s%[2]d", 30), oslo.Resolution{Reference: "long0", Why: "the value becomes too long"}},
		"by itself":          {"$itself", known, oslo.Resolution{Outcome: oslo.Broken, Reference: "itself", Why: "it refers to itself"}},
		"unknown":            {"$b$word", known, oslo.Resolution{Outcome: oslo.Broken, Reference: "word", Why: "it names an option that the service does not register"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file, _ := oslo.Parse("x.conf", []byte("[g]\na = "+c.text+"\nb = B\nitself = ${itself}\n"))
			config := oslo.New(file)
			v, _ := config.Get("g", "a")
			if diff := cmp.Diff(c.want, config.Resolve(v, c.options), cmpopts.IgnoreUnexported(oslo.Resolution{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// chain are options of which each but the last refers to the next.
func chain(name, format string, length int) oslo.Options {
	all := oslo.Options{}
	for i := range length {
		all[oslo.Name{Section: "g", Key: fmt.Sprint(name, i)}] = oslo.Option{Kind: oslo.String, Default: fmt.Sprintf(format, name, i+1)}
	}
	all[oslo.Name{Section: "g", Key: fmt.Sprint(name, length)}] = oslo.Option{Kind: oslo.String, Default: "0123456789"}
	return all
}

func TestReferences(t *testing.T) {
	want := []string{"a", "b.c", "d", "e."}
	if diff := cmp.Diff(want, oslo.References(`$$x \$y $a ${b.c}${ d}$d-$1 $e. $`)); diff != "" {
		t.Error(diff)
	}
}
