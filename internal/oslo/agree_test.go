package oslo_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/google/go-cmp/cmp"
)

// TestParsesAsOsloConfig holds written and generated files against the real one.
func TestParsesAsOsloConfig(t *testing.T) {
	texts := map[string]string{}
	for name, text := range parseCases {
		texts[name] = text
	}
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	for i := range generated {
		texts[fmt.Sprintf("generated %d with seed %d", i, seed)] = generate(random)
	}
	compareParsed(t, texts)
}

const generated = 6000

func compareParsed(t *testing.T, texts map[string]string) {
	t.Helper()
	var names []string
	var questions []question
	for name, text := range texts {
		names = append(names, name)
		questions = append(questions, question{Files: [][]byte{[]byte(text)}})
	}
	refused := 0
	for i, want := range ask(t, questions) {
		if want.Reason != "" {
			refused++
		}
		if diff := cmp.Diff(want, parsed(texts[names[i]])); diff != "" {
			t.Errorf("%s: %q\n%s", names[i], texts[names[i]], diff)
		}
	}
	t.Logf("%d files, of which %d are refused", len(names), refused)
	if refused == 0 || refused == len(names) {
		t.Errorf("%d of %d files are refused: the generator shows one side only", refused, len(names))
	}
}

// parsed is what Parse and New make of a file, in the words of an answer.
func parsed(text string) answer {
	file, found := oslo.Parse("x.conf", []byte(text))
	if file.Refused != nil {
		a := answer{Reason: string(file.Refused.Reason), Line: file.Refused.Line}
		if file.Refused.Reason == oslo.NotUTF8 {
			a.Byte = found[0].At.Start.Byte
		}
		return a
	}
	return answer{Sections: asWritten(file), Folded: folded(file)}
}

func asWritten(file *oslo.File) sections {
	all := sections{}
	for _, s := range file.Sections {
		if all[s.Name] == nil {
			all[s.Name] = map[string][]string{}
		}
		for _, v := range s.Values {
			all[s.Name][v.Key] = append(all[s.Name][v.Key], v.Text)
		}
	}
	return all
}

// folded asks a Config for every key of every section, by the name in the form in
// which oslo.config keeps it.
func folded(file *oslo.File) sections {
	config, all := oslo.New(file), sections{}
	for _, s := range file.Sections {
		name := s.Name
		if name != "DEFAULT" {
			name = strings.ToLower(strings.ReplaceAll(name, "İ", "i̇"))
		}
		if all[name] == nil {
			all[name] = map[string][]string{}
		}
		for _, v := range s.Values {
			all[name][v.Key] = textsOf(config.All(name, v.Key))
		}
	}
	return all
}

func textsOf(values []oslo.Value) []string {
	var texts []string
	for _, v := range values {
		texts = append(texts, v.Text)
	}
	return texts
}

// generate writes a file, by turns sound and hostile.
func generate(random *rand.Rand) string {
	var b strings.Builder
	pieces := slices.Concat(soundLines, soundLines, soundLines)
	if random.IntN(3) == 0 {
		pieces = append(pieces, hostileLines...)
	} else {
		b.WriteString("[DEFAULT]\n")
	}
	for range random.IntN(16) {
		line := pieces[random.IntN(len(pieces))]
		if random.IntN(6) == 0 {
			line = mutate(random, line)
		}
		b.WriteString(line + lineEnds[random.IntN(len(lineEnds))])
	}
	return b.String()
}

// mutate puts a piece somewhere into a line.
func mutate(random *rand.Rand, line string) string {
	at := random.IntN(len(line) + 1)
	return line[:at] + splinters[random.IntN(len(splinters))] + line[at:]
}

var (
	soundLines = []string{
		"[a]", "[A]", "[auth]", "[ a ]", "[default]", "[É]", "[İx]", "k = v", "k=w", "K = v", "m-n : o", "m_n: \"p, q\"", "q = 'r'",
		"q = \"", "e =", "", "# comment = x", "; [b]", "k = $m", "u = é", "x = a:b=c", "\u00a0y = z\u2003", "\x0bk = \x1cv\x0c",
	}
	hostileLines = []string{
		"  continued", "\tc = d", "  # comment", "no sign", "= no key", "[open", "[]", "[", "[a] # x", "\ufeff[b]", "\ufeffk = v", "k = \xe9", "\xff\xfe\x00",
		"   ", "\x00", "]", "[a]]", " : x", "k = v", "\u2028", "\x85",
	}
	splinters = []string{"=", ":", "\"", "'", "[", "]", " ", "\t", "#", "\r", "\n  ", "\n", "\u00a0", "\x1d", "\x0c", "\ufeff", "é", "\xe2\x82", "\\", "$"}
	lineEnds  = []string{"\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "\n  more\n", ""}
)
