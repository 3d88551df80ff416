package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFlagsMayStandAfterArguments(t *testing.T) {
	cases := map[string]struct{ in, want string }{
		"a flag with a value":         {"fedstone render x --file a.yaml", "fedstone render --file a.yaml -- x"},
		"an unknown flag stays one":   {"fedstone completion bash --nope", "fedstone completion --nope -- bash"},
		"a value that is a dash":      {"fedstone render -f -", "fedstone render -f -"},
		"equals sign":                 {"fedstone render x --file=a.yaml", "fedstone render --file=a.yaml -- x"},
		"a switch takes no argument":  {"fedstone render --offline x", "fedstone render --offline -- x"},
		"two words of command":        {"fedstone lab up x --quiet", "fedstone lab up --quiet -- x"},
		"behind -- nothing is a flag": {"fedstone render -- --offline", "fedstone render -- --offline"},
		"the command of lab run":      {"fedstone lab run ls --color", "fedstone lab run ls --color"},
		"no command":                  {"fedstone --version", "fedstone --version"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := flagsFirst(newApp(nil, nil, nil), strings.Fields(c.in))
			if diff := cmp.Diff(strings.Fields(c.want), got); diff != "" {
				t.Errorf("flagsFirst (-want +got):\n%s", diff)
			}
		})
	}
}
