package mapping_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping"
)

// TestImportOfHostileTexts puts what YAML, httpd or Python could take for more
// than a text at every place of a mapping. Import reads back what it writes, and
// panics where that is not what was meant.
func TestImportOfHostileTexts(t *testing.T) {
	imported := 0
	for _, hostile := range hostileTexts() {
		for place := range hostilePlaces {
			src := hostileMapping(t, hostile, place)
			got, list := mapping.Import(read(t, src))
			switch {
			case !list.HasErrors() && len(got.Rules) == 1:
				imported++
			case !list.HasErrors():
				t.Errorf("%s: %d rules and no reason", src, len(got.Rules))
			}
		}
	}
	if imported < 400 {
		t.Errorf("only %d were imported: too few to tell", imported)
	}
}

func hostileTexts() []string {
	return []string{
		"", " ", "a b", "a\nb", "\t", "\x00", "\x7f", "\u0085", "\u2028", "\u202e", "é", "日本", "\U0001F600",
		"${x}", "{{", "}}", "{%", "{a}", "{0}", "{1}", "[a]", "exec:rm", "%", "'", `"`, `\`,
		"#c", "a #b", "a: b", "- x", "---", "...", "<<", "=", "!!str", "&a", "*a", "@x", "`", "|", ">", "?", ",",
		"yes", "on", "N", "null", "~", "1", "1:20", "0x1", "1e3", ".inf", "2001-01-01", "name",
		strings.Repeat("x", 300), strings.Repeat("y", 5000), "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
	}
}

const hostilePlaces = 15

// hostileMapping has the text at one of these places.
func hostileMapping(t *testing.T, text string, place int) []byte {
	t.Helper()
	at := []any{"{0}", "g", "d", "p", "r", "sub", "w", "v", "id", "x", "di", "ud", "MELLON_a", "ids", "^b"}
	at[place] = text
	for i := range at {
		quoted, err := json.Marshal(at[i])
		if err != nil {
			t.Fatal(err)
		}
		at[i] = strings.TrimSuffix(strings.TrimPrefix(string(quoted), `"`), `"`)
	}
	return fmt.Appendf(nil, `[{"local": [{"user": {"name": "%[1]s", "domain": {"id": "%[12]s"}}}, {"group": {"name": "%[2]s", "domain": {"name": "%[3]s"}}},
		{"group": {"id": "%[9]s"}}, {"group": {"name": "y", "domain": {"name": "%[10]s"}}}, {"group": {"name": "z", "domain": {"id": "%[11]s"}}}, {"group_ids": "{2}"},
		{"groups": "{1}", "domain": {"name": "%[3]s"}}, {"projects": [{"name": "%[4]s", "roles": [{"name": "%[5]s"}]}]}],
		"remote": [{"type": "OIDC-%[6]s"}, {"type": "OIDC-groups", "whitelist": ["%[7]s", "x"]}, {"type": "OIDC-%[14]s", "blacklist": ["%[15]s"], "regex": true},
		{"type": "%[13]s", "any_one_of": ["a"]}, {"type": "OIDC-c", "any_one_of": ["%[8]s"], "regex": true}]}]`, at...)
}
