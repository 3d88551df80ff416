package finding

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSort(t *testing.T) {
	a := Finding{Slug: "a", At: Range{Path: "a", Start: Pos{Line: 9}}}
	b := Finding{Slug: "b", At: Range{Path: "b", Start: Pos{Line: 1, Column: 2}}}
	c := Finding{Slug: "c", At: Range{Path: "b", Start: Pos{Line: 1, Column: 10}}}
	d := Finding{Slug: "d", At: Range{Path: "b", Start: Pos{Line: 2, Column: 1}}}
	e := Finding{Slug: "d", Message: "x", At: d.At}
	got := List{e, d, c, b, a}
	got.Sort()
	if diff := cmp.Diff(List{a, b, c, d, e}, got); diff != "" {
		t.Error(diff)
	}
}

func TestHasErrors(t *testing.T) {
	cases := map[string]struct {
		list List
		want bool
	}{
		"none":     {nil, false},
		"warnings": {List{{Severity: Warning}, {Severity: Info}}, false},
		"error":    {List{{Severity: Warning}, {Severity: Error}}, true},
	}
	for name, c := range cases {
		if got := c.list.HasErrors(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSeverity(t *testing.T) {
	got := []string{Invalid.String(), Error.String(), Warning.String(), Info.String(), Severity(9).String()}
	if diff := cmp.Diff([]string{"invalid", "error", "warning", "info", "invalid"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"issuer", "client", "id", "crypto_passphrase"}
	for name, want := range map[string]string{
		"isuer": "issuer", "Issuer": "issuer", "clinet": "client", "crypt_pasphrase": "crypto_passphrase",
		"ld": "id", "x": "", "": "", "colour": "",
	} {
		if diff := cmp.Diff(want, Nearest(name, known)); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
	}
}
