package mapping_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping"
)

func compact(t *testing.T, m mapping.Mapping) string {
	t.Helper()
	pretty, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, pretty); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestParse(t *testing.T) {
	cases := map[string]struct {
		src  string
		want string // "" where it is accepted
	}{
		"everything Keystone knows": {src: `{"schema_version":"3.0","rules":[{"local":[{"user":{"name":"{0}","domain":{"id":"x"},"type":"local"}},{"group":{"id":"g"}},{"groups":"{0}","domain":{"name":"d"}},{"group_ids":"{0}"},{"projects":[]},{"projects_json":"{0}"}],"remote":[{"type":"OIDC-sub"},{"type":"OIDC-g","any_one_of":[]},{"type":"OIDC-n","not_any_of":[1,null],"regex":true}]}]}`},
		"empty strings and objects": {src: `{"rules":[{"local":[{"user":{"id":"","name":"","domain":{}}},{"group":{"name":"","domain":{"id":""}}}],"remote":[{"type":""},{"type":"n","any_one_of":[12345678901234567890,[{"a":0.1}]]}]}]}`},
		"a bare list":               {src: `[{"local":[],"remote":[{"type":"OIDC-sub"}]}]`},
		"not JSON":                  {src: "{\n  oops", want: "m.json:2:3: not JSON: invalid character 'o'"},
		"unknown key":               {src: `{"rules":[{"local":[],"remote":[{"typ":"x"}]}]}`, want: `m.json:1:34: rule 1: item 1 of "remote" has an unknown key "typ"; did you mean "type"?`},
		"wrong type":                {src: `{"rules":[{"local":[],"remote":[{"type":"x","regex":"true"}]}]}`, want: `m.json:1:45: rule 1: item 1 of "remote" has "regex" but no list`},
		"no rules":                  {src: `{"rules":[]}`, want: `"rules" is empty`},
		"no remote":                 {src: `{"rules":[{"local":[],"remote":[]}]}`, want: `rule 1: "remote" is empty`},
		"two lists":                 {src: `{"rules":[{"local":[],"remote":[{"type":"x","whitelist":[],"blacklist":[]}]}]}`, want: `has "whitelist" and "blacklist"`},
		"a group of both kinds":     {src: `{"rules":[{"local":[{"group":{"id":"x","name":"y"}}],"remote":[{"type":"x"}]}]}`, want: "is named in two ways"},
		"groups without a domain":   {src: `{"rules":[{"local":[{"groups":"{0}"}],"remote":[{"type":"x"}]}]}`, want: "m.json:1:31: rule 1 gives groups without a domain"},
		"a header as claim":         {src: `{"rules":[{"local":[],"remote":[{"type":"HTTP_OIDC_SUB"}]}]}`, want: "m.json:1:41: rule 1 reads a request header (HTTP_OIDC_SUB), which is never set here: claims come as OIDC-name"},
		"text behind it":            {src: `{"rules":[{"local":[],"remote":[{"type":"x"}]}]} {}`, want: "more text behind"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m, list := mapping.Parse("m.json", []byte(c.src), "")
			if c.want != "" {
				if len(list) != 1 || !strings.Contains(list[0].At.String()+": "+list[0].Message, c.want) {
					t.Errorf("findings %v, want one with %q", list, c.want)
				}
				return
			}
			if len(list) > 0 {
				t.Errorf("findings: %v", list)
			}
			want := c.src
			if want[0] == '[' {
				want = `{"rules":` + want + `}`
			}
			if diff := cmp.Diff(want, compact(t, m)); diff != "" {
				t.Errorf("written again (-want +got):\n%s", diff)
			}
		})
	}
}

func TestClaims(t *testing.T) {
	m, _ := mapping.Parse("m.json", []byte(`[{"local":[],"remote":[{"type":"OIDC-sub"},{"type":"REMOTE_USER"},{"type":"OIDC-groups"},{"type":"OIDC-sub"}]}]`), "")
	if diff := cmp.Diff([]string{"groups", "sub"}, m.Claims()); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
}
