package engine_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want string // path:line:column: message of the first finding, or the number of rules
	}{
		"an object":          {`{"rules": [{}, {}]}`, "2 rules"},
		"a list":             {"[{}]", "1 rules"},
		"as the API has it":  {`{"mapping": {"rules": [{}]}}`, "1 rules"},
		"the last of two":    {`{"rules": [], "rules": [{}]}`, "1 rules"},
		"nothing":            {" \n", "m.json:1:1: not JSON: there is no text"},
		"byte order mark":    {"\ufeff[]", "m.json:1:1: not JSON: the text begins with a byte order mark, which Python's json refuses; save it as UTF-8 without BOM"},
		"cut off":            {"{\"rules\":\n [", "m.json:2:3: not JSON: the text ends within the JSON"},
		"no rules":           {" {}", `m.json:1:2: this object has no "rules", expected an object with rules, or a list of rules`},
		"a text":             {`"x"`, "m.json:1:1: this JSON is no mapping, expected an object with rules, or a list of rules"},
		"a comma too much":   {"[{},\n]", "m.json:2:1: not JSON: invalid character ']' looking for beginning of value"},
		"a bare word":        {"{\n  rules: []}", "m.json:2:3: not JSON: invalid character 'r' looking for beginning of object key string"},
		"two values":         {"[] []", "m.json:1:4: not JSON: more text behind the mapping's end"},
		"binary":             {"[\"\xff\"]", "m.json:1:3: not JSON: bytes that are no UTF-8, expected JSON text"},
		"columns of letters": {"[\"日本\" x]", "m.json:1:7: not JSON: invalid character 'x' after array element"},
		"deep":               {strings.Repeat("[", 1000), "m.json:1:66: not JSON: nested deeper than 64 levels, which no mapping is"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, list := engine.Read("m.json", []byte(c.src))
			got := ""
			if len(list) > 0 {
				got = list[0].At.String() + ": " + list[0].Message
			} else {
				got = strings.Replace("N rules", "N", string(rune('0'+len(doc.Rules))), 1)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, src := range []string{`{"rules": [{"local": [], "remote": [{"type": "a"}]}]}`, "[1, null, \"\\u0000\"]", "{\"rules\":\n [", "[{}] x"} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, list := engine.Read("m.json", src)
		if doc == nil && len(list) == 0 {
			t.Fatal("neither a document nor a finding")
		}
		for _, finding := range list {
			if p := finding.At.Start; p.Byte < 0 || p.Byte > len(src) || p.Column < 1 {
				t.Fatalf("finding at %+v of %d bytes", p, len(src))
			}
		}
	})
}
