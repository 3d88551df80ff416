package engine_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/python"
)

// oraclePython is what the asked releases run on.
func oraclePython() python.Version { return python.Version{Major: 3, Minor: 11} }

// result is a dictionary that process returns, as the oracle tells it: group ids
// sorted, and {"python": repr} for what JSON has not.
type result map[string]any

// keystoneResult reads an answer. Where the order of the names is left to chance
// they are sorted.
func keystoneResult(t testing.TB, a oracle.Answer) result {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(a.Result)))
	d.UseNumber()
	r := result{}
	if err := d.Decode(&r); err != nil {
		t.Fatalf("%s: %v", a.Result, err)
	}
	return r.ordered(a.Chance == oracle.Order)
}

// ourResult gives our result in the same form.
func ourResult(m *engine.Mapped, anyOrder bool) result {
	r := result{"user": plain(m.User), "group_ids": plain(m.GroupIDs), "group_names": plain(m.GroupNames), "projects": plain(m.Projects)}
	return r.ordered(anyOrder)
}

func (r result) ordered(anyOrder bool) result {
	slices.SortFunc(r["group_ids"].([]any), byText)
	if anyOrder {
		slices.SortFunc(r["group_names"].([]any), byText)
	}
	return r
}

// byText orders values by their JSON text.
func byText(a, b any) int {
	x, err := json.Marshal(a)
	y, failed := json.Marshal(b)
	if err != nil || failed != nil {
		panic(fmt.Sprint("a result that is no JSON: ", err, failed))
	}
	return strings.Compare(string(x), string(y))
}

// plain is oracle.py's function of that name, for our values.
func plain(v any) any {
	switch v := v.(type) {
	case nil, bool:
		return v
	case *big.Int:
		return json.Number(v.String())
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return json.Number(python.Repr(v, oraclePython()))
		}
	case string:
		if utf8.ValidString(v) {
			return v
		}
	case []any:
		return plainList(v)
	case python.List:
		return plainList(v)
	case python.Set:
		items := plainList(v)
		slices.SortFunc(items, byText)
		return map[string]any{"python": "set", "items": items}
	case engine.Object:
		return plainObject(v)
	case *python.Dict:
		if o, ok := textKeys(v); ok {
			return plainObject(o)
		}
	}
	return map[string]any{"python": python.Repr(v, oraclePython())}
}

func plainList(items []any) []any {
	out := make([]any, len(items))
	for i, item := range items {
		out[i] = plain(item)
	}
	return out
}

func plainObject(o engine.Object) map[string]any {
	out := map[string]any{}
	for _, f := range o {
		out[f.Key] = plain(f.Value)
	}
	return out
}

func textKeys(d *python.Dict) (engine.Object, bool) {
	o := engine.Object{}
	for i := range d.Len() {
		key, value := d.At(i)
		text, ok := key.(string)
		if !ok {
			return nil, false
		}
		o = append(o, engine.Field{Key: text, Value: value})
	}
	return o, true
}
