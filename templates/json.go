package templates

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// press writes JSON texts one after the other, in the same two buffers.
type press struct {
	dense, spaced bytes.Buffer
	encoder       *json.Encoder
}

func newPress() *press {
	p := &press{}
	p.encoder = json.NewEncoder(&p.dense)
	p.encoder.SetEscapeHTML(false)
	return p
}

func (p *press) encode(content any) ([]byte, error) {
	p.dense.Reset()
	if err := p.encoder.Encode(content); err != nil {
		return nil, err
	}
	p.spaced.Reset()
	if err := json.Indent(&p.spaced, p.dense.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	return bytes.Clone(p.spaced.Bytes()), nil
}

// members writes an object in the order of its names. The values stay as they
// are, but for white space.
func (p *press) members(of map[string]json.RawMessage) ([]byte, error) {
	p.spaced.Reset()
	before := "{\n  "
	for _, name := range slices.Sorted(maps.Keys(of)) {
		quoted, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		p.spaced.WriteString(before)
		p.spaced.Write(quoted)
		p.spaced.WriteString(": ")
		if err := json.Indent(&p.spaced, of[name], "  ", "  "); err != nil {
			return nil, err
		}
		before = ",\n  "
	}
	p.spaced.WriteString("\n}\n")
	return bytes.Clone(p.spaced.Bytes()), nil
}

// readsAs is the proof of a text that holds one Go value.
func readsAs[T any](want T) proof {
	return func(text []byte) error {
		var got T
		if err := json.Unmarshal(text, &got); err != nil {
			return err
		}
		if !reflect.DeepEqual(got, want) {
			return errOtherMeaning
		}
		return nil
	}
}

// readsAsMembers is the proof of an object whose members are taken over as they
// stand elsewhere, but for white space.
func readsAsMembers(want map[string]json.RawMessage) proof {
	return func(text []byte) error {
		var got map[string]json.RawMessage
		if err := json.Unmarshal(text, &got); err != nil {
			return err
		}
		for name, value := range want {
			if !sameValue(got[name], value) {
				return errOtherMeaning
			}
		}
		if len(got) != len(want) {
			return errOtherMeaning
		}
		return nil
	}
}

func sameValue(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	return json.Compact(&x, a) == nil && json.Compact(&y, b) == nil && bytes.Equal(x.Bytes(), y.Bytes())
}
