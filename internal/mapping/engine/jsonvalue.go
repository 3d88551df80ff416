package engine

import (
	"encoding/json"
	"math"

	"github.com/fedstone/fedstone/internal/python"
)

// MarshalJSON writes the result as Python's json.dumps would. What JSON lacks
// (bytes, sets, NaN …), which only a claim written like a Python literal brings,
// is written as its repr.
func (m Mapped) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		User       any `json:"user"`
		GroupIDs   any `json:"group_ids"`
		GroupNames any `json:"group_names"`
		Projects   any `json:"projects"`
	}{jsonValue(m.User), jsonValue(m.GroupIDs), jsonValue(m.GroupNames), jsonValue(m.Projects)})
}

func jsonValue(v any) any {
	switch v := v.(type) {
	case Object:
		return v
	case []any:
		return jsonList(v)
	case python.List:
		return jsonList(v)
	case python.Tuple:
		return jsonList(v)
	case *python.Dict:
		return jsonDict(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return described(v)
		}
	case python.Bytes, python.Set, python.Ellipsis, complex128:
		return described(v)
	}
	return v
}

func jsonList(items []any) []any {
	out := make([]any, len(items))
	for i, v := range items {
		out[i] = jsonValue(v)
	}
	return out
}

// jsonDict gives a dictionary as an object. A key that is no string is written
// as its repr.
func jsonDict(d *python.Dict) Object {
	out := Object{}
	for i := range d.Len() {
		key, value := d.At(i)
		text, ok := key.(string)
		if !ok {
			text = described(key)
		}
		out = append(out, Field{text, value})
	}
	return out
}
