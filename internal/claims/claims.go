package claims

import "github.com/fedstone/fedstone/internal/finding"

// Form is how claims were written. The zero Form is none.
type Form int

// The forms.
const (
	NoForm Form = iota
	JSON        // an object
	JWT         // a signed token; the signature is not checked
	Lines       // `key: value`, the input of keystone-manage mapping_engine
)

// Claims is what an issuer says of a person.
type Claims struct {
	Form   Form
	Object Object // in the order of the input; of a repeated name the last value, at the place of the first
	Header Object // of a token; nil otherwise
}

// Object is a JSON object with its order kept.
type Object []Claim

// List is a JSON array.
type List []any

// Claim is one member of an object. Value is nil, bool, json.Number (spelt as in
// the input), string, List or Object. At is the place of the name; in a token it
// is the place of the part that holds it.
type Claim struct {
	Name  string
	Value any
	At    finding.Range
}

// Get gives the value of a name; false when there is none.
func (o Object) Get(name string) (any, bool) {
	for _, c := range o {
		if c.Name == name {
			return c.Value, true
		}
	}
	return nil, false
}

// About says in a sentence where the claims come from.
func (c *Claims) About() string {
	switch c.Form {
	case JWT:
		alg, _ := c.Header.Get("alg")
		return "the payload of a JWT (" + Shown(word(alg)) + "), whose signature and dates were not checked"
	case Lines:
		return "`key: value` lines, as keystone-manage mapping_engine takes them"
	default:
		return "a JSON object"
	}
}

func word(v any) string {
	if s, ok := v.(string); ok && s != "" {
		return s
	}
	return "no alg"
}
