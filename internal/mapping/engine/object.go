package engine

import (
	"bytes"
	"encoding/json"
)

// Object is a Python dictionary whose keys are strings, in Python's order.
type Object []Field

// Field is one entry of an Object.
type Field struct {
	Key   string
	Value any
}

// Get gives the value of a key; nil and false when there is none.
func (o Object) Get(key string) (any, bool) {
	for _, f := range o {
		if f.Key == key {
			return f.Value, true
		}
	}
	return nil, false
}

// Text gives the value of a key that is a string, or "".
func (o Object) Text(key string) string {
	v, _ := o.Get(key)
	s, _ := v.(string)
	return s
}

// with gives the object with the key set, in its old place or at the end. The
// receiver stays as it is.
func (o Object) with(key string, value any) Object {
	out := append(make(Object, 0, len(o)+1), o...)
	for i := range out {
		if out[i].Key == key {
			out[i].Value = value
			return out
		}
	}
	return append(out, Field{key, value})
}

// MarshalJSON writes the fields in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeMember(&b, f); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func writeMember(b *bytes.Buffer, f Field) error {
	key, err := json.Marshal(f.Key)
	if err != nil {
		return err
	}
	value, err := json.Marshal(jsonValue(f.Value))
	b.Write(key)
	b.WriteByte(':')
	b.Write(value)
	return err
}
