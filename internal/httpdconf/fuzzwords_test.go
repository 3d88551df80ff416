package httpdconf_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// FuzzWords: a line has the words that httpd's own ap_getword_conf takes, by one
// file and by a whole configuration, and nothing but white space between them.
func FuzzWords(f *testing.F) {
	for _, line := range []string{``, `a b`, `"a b" 'c d'`, `"a"b`, `a"b c"`, `"a`, `'a\'b'`, `a\\b\c`, `"\\" \`, "a\tb\vc\fd", `"" ''`, `"a\`, "ä\xff", `"'"'"'`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\n\x00") || strings.HasSuffix(strings.TrimRight(line, "\r"), `\`) || strings.Contains(line, "${") {
			return // not one line, or not one that is left as it stands
		}
		src := "X " + line + "\n"
		want := getWords(strings.Trim(strings.TrimSuffix(line, "\r"), spaces))
		file, _ := httpdconf.Parse("fuzz.conf", []byte(src))
		if diff := cmp.Diff(want, append([]string{}, file.Nodes[0].Values()...)); diff != "" {
			t.Fatalf("%q by Parse: %s", line, diff)
		}
		checkGaps(t, src, file.Nodes[0])
		tree, _ := load(t, map[string]string{"/main.conf": src}, httpdconf.Options{})
		for c := range tree.All() {
			if diff := cmp.Diff(want, append([]string{}, c.Argv()...)); diff != "" {
				t.Fatalf("%q by Load: %s", line, diff)
			}
		}
	})
}

const spaces = " \t\n\v\f\r"

// getWords is ap_getword_conf, called until nothing is left, with its pointers as
// they are in C.
func getWords(line string) []string {
	words := []string{}
	for str := strings.TrimLeft(line, spaces); str != ""; str = strings.TrimLeft(str, spaces) {
		at := func(i int) byte { return (str + "\x00\x00")[i] }
		quote, end := at(0), 0
		if quote != '"' && quote != '\'' {
			for end < len(str) && !strings.ContainsRune(spaces, rune(at(end))) {
				end++
			}
			words, str = append(words, substring(str[:end], 0)), str[end:]
			continue
		}
		for end = 1; end < len(str) && at(end) != quote; end++ {
			if at(end) == '\\' && (at(end+1) == quote || at(end+1) == '\\') {
				end++
			}
		}
		words, str = append(words, substring(str[1:end], quote)), str[min(end+1, len(str)):]
	}
	return words
}

// substring is substring_conf.
func substring(s string, quote byte) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		if next := (s + "\x00")[i+1]; s[i] == '\\' && (next == '\\' || quote != 0 && next == quote) {
			i++
		}
		out = append(out, s[i])
	}
	return string(out)
}

// checkGaps looks at what lies between the places of a line's words.
func checkGaps(t *testing.T, src string, n *httpdconf.Node) {
	t.Helper()
	last := len("X")
	for _, a := range n.Args {
		if gap := src[last:a.At.Start.Byte]; strings.Trim(gap, spaces) != "" {
			t.Fatalf("%q is in no word of %q", gap, src)
		}
		last = a.At.End.Byte
	}
	if rest := src[last:]; strings.Trim(rest, spaces) != "" {
		t.Fatalf("%q is in no word of %q", rest, src)
	}
}
