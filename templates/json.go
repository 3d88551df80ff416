package templates

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// press writes JSON texts one after the other, in one buffer.
type press struct {
	buffer  bytes.Buffer
	encoder *json.Encoder
}

func newPress() *press {
	p := &press{}
	p.encoder = json.NewEncoder(&p.buffer)
	p.encoder.SetEscapeHTML(false)
	p.encoder.SetIndent("", "  ")
	return p
}

func (p *press) encode(content any) ([]byte, error) {
	p.buffer.Reset()
	if err := p.encoder.Encode(content); err != nil {
		return nil, err
	}
	return bytes.Clone(p.buffer.Bytes()), nil
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
