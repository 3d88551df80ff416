package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/spec"
)

func keystoneAt(url string, addresses ...string) *spec.Federation {
	fed := &spec.Federation{Keystone: spec.Keystone{URL: spec.Text{Value: url}}}
	for i := 0; i < len(addresses); i += 2 {
		fed.Controllers = append(fed.Controllers, spec.Controller{Name: spec.Text{Value: addresses[i]}, Address: spec.Text{Value: addresses[i+1]}})
	}
	return fed
}

func TestProbeTargets(t *testing.T) {
	fed := keystoneAt("https://keystone.example.org:5000", "ctl0", "10.0.0.11", "ctl1", "fd00::12")
	cases := map[string]struct {
		given []string
		want  []target
	}{
		"none":               {nil, []target{{}}},
		"by name":            {[]string{"ctl0"}, []target{{"ctl0", "10.0.0.11:5000"}}},
		"by name, IPv6":      {[]string{"ctl1"}, []target{{"ctl1", "[fd00::12]:5000"}}},
		"all":                {[]string{"all"}, []target{{"ctl0", "10.0.0.11:5000"}, {"ctl1", "[fd00::12]:5000"}}},
		"all and one":        {[]string{"all", "new=new.internal"}, []target{{"ctl0", "10.0.0.11:5000"}, {"ctl1", "[fd00::12]:5000"}, {"new", "new.internal:5000"}}},
		"one that is all":    {[]string{"all=10.0.0.9"}, []target{{"all", "10.0.0.9:5000"}}},
		"another address":    {[]string{"ctl0=10.0.0.99:35357"}, []target{{"ctl0", "10.0.0.99:35357"}}},
		"IPv6":               {[]string{"a=fd00::10"}, []target{{"a", "[fd00::10]:5000"}}},
		"IPv6 in brackets":   {[]string{"a=[fd00::10]"}, []target{{"a", "[fd00::10]:5000"}}},
		"IPv6 with a port":   {[]string{"a=[fd00::10]:13000"}, []target{{"a", "[fd00::10]:13000"}}},
		"IPv6 with a zone":   {[]string{"a=fe80::1%eth0"}, []target{{"a", "[fe80::1%eth0]:5000"}}},
		"a name with a port": {[]string{"a=ctl0.internal:13000"}, []target{{"a", "ctl0.internal:13000"}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := probeTargets(tc.given, fed)
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(target{})); err != nil || diff != "" {
				t.Error(err, diff)
			}
		})
	}
}

func TestProbeTargetsRefused(t *testing.T) {
	fed := keystoneAt("https://keystone.example.org", "ctl0", "10.0.0.11")
	for given, says := range map[string]string{
		"nobody": "or all for each of them", "=10.0.0.1": "NAME=ADDRESS", "ctl0=": "NAME=ADDRESS", "a=10.0.0.1:": "[fd00::10]:5000", "a=10.0.0.1:http": "fd00::10",
		"a=10.0.0.1:0": "fd00::10", "a=https://10.0.0.1": "expected a host", "a=https://10.0.0.1:5000/v3": "expected a host", "a=fd00::zz": "expected a host", "a=[]:5000": "expected a host",
		"a=me@10.0.0.1:5000": "expected a host",
	} {
		if got, err := probeTargets([]string{given}, fed); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, %v; want an error with %q", given, got, err, says)
		}
	}
	if _, err := probeTargets([]string{"all", "ctl0=10.0.0.12"}, fed); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a name for two addresses: %v", err)
	}
	if _, err := probeTargets([]string{"all"}, keystoneAt("https://keystone.example.org")); err == nil {
		t.Error("all was taken where the description has none")
	}
}
