package mapping

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDuplicates(t *testing.T) {
	for src, want := range map[string][]string{
		`{}`:                   nil,
		`{"a": 1, "b": 2}`:     nil,
		`[{"a": 1}, {"a": 2}]`: nil,
		`{"a": {"a": 1}}`:      nil,
		`{"a": 1, "a": 2}`:     {`a m.json:1:2-4 m.json:1:10-12`},
		"{\"ä\": 1,\n \"x\": [{\"y\": 1, \"y\": {\"y\": 3}}]}": {`y m.json:2:9-11 m.json:2:17-19`},
		`{"a": 1, "a": 2, "a": 3}`:                             {`a m.json:1:2-4 m.json:1:10-12`, `a m.json:1:10-12 m.json:1:18-20`},
		`{"q\"q": 1, "q\"q": 2}`:                               {`q"q m.json:1:2-7 m.json:1:13-18`},
		`{"a": 1, "a": `:                                       nil,
		``:                                                     nil,
	} {
		var got []string
		for _, d := range duplicates("m.json", []byte(src)) {
			got = append(got, fmt.Sprintf("%s %s-%d %s-%d", d.key, d.first, d.first.End.Column-1, d.last, d.last.End.Column-1))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", src, diff)
		}
	}
}
