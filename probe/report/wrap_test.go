package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
)

func TestWrap(t *testing.T) {
	cases := map[string]struct {
		text  string
		width int
		want  []string
	}{
		"fits":       {"as it is", 80, []string{"as it is"}},
		"empty":      {"", 80, nil},
		"words":      {"one two three four five six seven", 24, []string{"one two three four five", "six seven"}},
		"wide":       {"日本語日本語 日本語日本語 日本語", 26, []string{"日本語日本語 日本語日本語", "日本語"}},
		"short code": {"then run `fedstone apply`, once more and again", 28, []string{"then run `fedstone apply`,", "once more and again"}},
		"long code": {"set `OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Port`, and reload", 40,
			[]string{"set", "OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Port", "and reload"}},
		"a command first": {"openstack identity provider set --enable corp-of-a-long-name (`fedstone apply` does it); case counts", 40,
			[]string{"openstack identity provider set --enable corp-of-a-long-name", "(`fedstone apply` does it); case counts"}},
		"a command within": {"make it, or: openstack federation protocol create --mapping corp openid", 40,
			[]string{"make it, or:", "openstack federation protocol create --mapping corp openid"}},
		"two commands": {"openstack group list --domain corp-of-a-long-name; `openstack group create readers-of-a-long-name`, or both", 40,
			[]string{"openstack group list --domain corp-of-a-long-name", "openstack group create readers-of-a-long-name", "or both"}},
		"a section": {"add <Location /v3/OS-FEDERATION/identity_providers/corp> to the vhost", 40,
			[]string{"add", "<Location /v3/OS-FEDERATION/identity_providers/corp>", "to the vhost"}},
		"a path":     {"see /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth there", 30, []string{"see", "/v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth", "there"}},
		"too narrow": {"one two three four five six", 1, []string{"one two three four five", "six"}},
		"lines of a file": {"add to the vhost that serves it (`fedstone render` writes it whole):\n<Location /v3/x>\n  AuthType oauth20\n</Location>\nbelow the rule that denies; the ids count", 40,
			[]string{"add to the vhost that serves it", "(`fedstone render` writes it whole):", "<Location /v3/x>", "  AuthType oauth20", "</Location>", "below the rule that denies; the ids", "count"}},
		"values":        {"in keystone.conf:\n[openid]\nremote_id_attribute = OIDC-iss\nand no more", 40, []string{"in keystone.conf:", "[openid]", "remote_id_attribute = OIDC-iss", "and no more"}},
		"odd backticks": {"a ` stands alone", 80, []string{"a ` stands alone"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, wrap(tc.text, tc.width)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Nothing is lost, and only an atom that is too wide is wider than was asked for.
func FuzzWrap(f *testing.F) {
	f.Add("openstack a b; `c d` <Location /x y> z", 20)
	f.Add("a:\n[b]\nc = d\n \n\ne", 20)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if !utf8.ValidString(text) {
			t.Skip("no report holds such a text")
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if strings.ContainsRune(" \t\n\v\f\r`,;:", r) {
					return -1
				}
				return r
			}, s)
		}
		lines := wrap(text, width)
		if got := letters(strings.Join(lines, "")); got != letters(text) {
			t.Errorf("%q became %q", text, lines)
		}
		for _, line := range lines {
			if runewidth.StringWidth(line) > max(width, narrowest) && len(atoms(line)) > 1 && (atom{line}).Paste() == "" && !pasted().MatchString(line) {
				t.Errorf("%d wide: %q", width, line)
			}
		}
	})
}
