package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe"
)

// crowd is the matrix of n issuers, all as it must be.
func crowd(n int) probe.Result {
	var r probe.Result
	for i := range n {
		r.Providers = append(r.Providers, probe.Provider{ID: fmt.Sprintf("idp%02d", i)})
	}
	for _, when := range []string{"cold", "after-use"} {
		for _, holder := range r.Providers {
			for _, door := range r.Providers {
				c := probe.Cell{Kind: probe.KindOwn, Token: holder.ID, Provider: door.ID, Door: door.ID, When: when, Status: 401, AnsweredBy: keystone.ByOpenIDC, Verdict: probe.Pass}
				if holder.ID == door.ID {
					c.Status, c.AnsweredBy = 201, keystone.ByItself
				}
				r.Isolation = append(r.Isolation, c)
			}
			r.Isolation = append(r.Isolation, probe.Cell{Kind: probe.KindForged, Token: holder.ID + "/jwk", Provider: holder.ID, Door: holder.ID, When: when, Status: 401, AnsweredBy: keystone.ByOpenIDC, Verdict: probe.Pass})
		}
	}
	return r
}

// However many issuers there are, what is the same stands there once, within the
// width; what differs stands by itself.
func TestMatrixOfMany(t *testing.T) {
	cases := map[string]struct {
		n, width, lines int
		shows           []string
	}{
		"3 side by side":  {3, 100, 6, []string{"at idp00", "idp02  cold, after-use  401 mod_auth_openidc  401 mod_auth_openidc  201 keystone", "6 × 401 mod_auth_openidc (jwk)"}},
		"3 on narrow":     {3, 80, 4, []string{"idp00, idp01, idp02  cold, after-use  201 keystone", "2 × 401 mod_auth_openidc"}},
		"20":              {20, 120, 4, []string{"idp00, idp01, idp02, idp03, idp04 and 15 more", "19 × 401 mod_auth_openidc", "40 × 401 mod_auth_openidc (jwk)"}},
		"more than asked": {40, 120, 5, []string{"each token was tried at 32 of 40 paths"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			drawMatrix(&b, crowd(tc.n), TextOptions{Width: tc.width})
			text := strings.Trim(b.String(), "\n")
			if lines := strings.Split(text, "\n"); len(lines) != tc.lines {
				t.Errorf("%d lines, want %d", len(lines), tc.lines)
			}
			for _, want := range tc.shows {
				if !strings.Contains(text, want) {
					t.Errorf("%q is missing", want)
				}
			}
			for line := range strings.Lines(text) {
				if runewidth.StringWidth(strings.TrimSpace(line)) > tc.width {
					t.Errorf("wider than %d: %s", tc.width, line)
				}
			}
			if t.Failed() {
				t.Log("\n" + text)
			}
		})
	}
}

// One leak among many is seen in the grid, and told with its token.
func TestMatrixOfManyWithALeak(t *testing.T) {
	r := crowd(20)
	for i, c := range r.Isolation {
		if c.Token == "idp07" && c.Provider == "idp03" && c.When == "after-use" {
			r.Isolation[i].Status, r.Isolation[i].AnsweredBy, r.Isolation[i].Verdict, r.Isolation[i].Critical = 201, keystone.ByItself, probe.Fail, true
			r.Isolation[i].Cause, r.Isolation[i].Symptom, r.Isolation[i].Want = "let in", "let-in-from-cache", refused
		}
	}
	var b strings.Builder
	drawMatrix(&b, r, TextOptions{Width: 120})
	for _, want := range []string{"1 × 201 keystone !!", "FAIL at idp03: 201 keystone, expected refused by httpd", "token idp07, after-use", "let in [let-in-from-cache]"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}
