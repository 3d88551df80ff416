package subject_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/subject"
)

// TestReach: by which names, how and from where clients come to a virtual host.
func TestReach(t *testing.T) {
	for name, c := range map[string]struct {
		addresses, lines string
		want             string // the names that it has, secure and inner
	}{
		"a name":            {"*:443", "ServerName a.example.org:5000", "a.example.org"},
		"by capitals":       {"*:443", "ServerName A.Example.ORG", "a.example.org"},
		"an alias":          {"*:443", "ServerName b.example.org\nServerAlias *.Example.org", "a.example.org"},
		"none":              {"*:443", "", ""},
		"TLS":               {"*:443", "SSLEngine on", "secure"},
		"optional TLS":      {"*:443", "SSLEngine optional", ""},
		"TLS before it":     {"*:443", "ServerName https://a.example.org", "a.example.org secure"},
		"a later name":      {"*:443", "ServerName https://b.example.org\nServerName a.example.org", "a.example.org"},
		"the machine alone": {"127.0.0.1:5000 [::1]:5000", "", "inner"},
		"others, too":       {"127.0.0.1:5000 192.0.2.1:5000", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := "<VirtualHost " + c.addresses + ">\n" + c.lines + "\n</VirtualHost>\n"
			site, err := subject.Load("-", []string{"-"}, subject.Options{Stdin: strings.NewReader(text)})
			if err != nil {
				t.Fatal(err)
			}
			v := site.Vhosts()[0]
			got := []string{}
			for word, holds := range map[string]bool{"a.example.org": v.Named("a.example.org"), "secure": v.Secure(), "inner": v.Inner()} {
				if holds {
					got = append(got, word)
				}
			}
			if diff := cmp.Diff(strings.Fields(c.want), sorted(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestLoopback(t *testing.T) {
	for address, want := range map[string]bool{
		"http://localhost:8080/keys": true, "http://LOCALHOST": true, "https://127.0.0.53/": true, "http://[::1]/": true,
		"https://op1.example.org/": false, "http://192.0.2.1/": false, "localhost": false, "http://[::1": false, "": false,
	} {
		if got := subject.Loopback(address); got != want {
			t.Errorf("%q: %v, want %v", address, got, want)
		}
	}
}

// TestFlags: a flag takes more words than On and Off.
func TestFlags(t *testing.T) {
	for word, want := range map[string][2]bool{
		"On": {true, false}, "yes": {true, false}, "TRUE": {true, false}, "1": {true, false},
		"Off": {false, true}, "no": {false, true}, "False": {false, true}, "0": {false, true},
		"": {false, false}, "optional": {false, false},
	} {
		if got := [2]bool{subject.IsOn(word), subject.IsOff(word)}; got != want {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
	}
}

func sorted(words []string) []string {
	slices.Sort(words)
	return words
}
