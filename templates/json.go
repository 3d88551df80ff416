package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// encode writes JSON and reads it back. Members that are taken over raw are
// checked for form alone: there is no other text of them.
func encode(content any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(content); err != nil {
		return nil, err
	}
	if _, raw := content.(map[string]json.RawMessage); raw {
		if !json.Valid(b.Bytes()) {
			return nil, fmt.Errorf("a discovery document does not read back")
		}
		return b.Bytes(), nil
	}
	back := reflect.New(reflect.TypeOf(content))
	if err := json.Unmarshal(b.Bytes(), back.Interface()); err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(back.Elem().Interface(), content) {
		return nil, fmt.Errorf("a %T reads back differently", content)
	}
	return b.Bytes(), nil
}
