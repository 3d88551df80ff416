package clouds

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// File is a clouds.yaml.
type File struct {
	Path   string
	Clouds []Cloud // in the order of the file
}

// Cloud is one entry below "clouds".
type Cloud struct {
	Name string
	At   finding.Range // of its name

	AuthType Value            // auth_type; its old name auth_plugin is in Extra, since the default wins over it
	Auth     map[string]Value // by the name of keystoneauth's option, with underscores
	Profile  Value            // profile, or cloud: a vendor's values that are not here
	Region   Value            // region_name
	Regions  []Value          // the names of regions
	Verify   Value            // a bool; unset means true
	Insecure Value            // a bool that wins over Verify
	CACert   Value
	Extra    map[string]Value // whatever else the entry holds
}

// Type is what PyYAML makes of a value.
type Type int

// The types. Unset is the zero value: no such key, or null.
const (
	Unset Type = iota
	Str
	Bool
	Int
	Float
	Timestamp
	Collection // a mapping or a sequence
)

// Value is the value of a key.
type Value struct {
	Type Type
	// Text is a Str; "True" or "False" for a Bool; an Int in base 10, as
	// openstacksdk hands it on; a Float or Timestamp as it is written. It is empty
	// for a Collection, and for a secret.
	Text string
	// Secret is a value that must not be shown: a password, a token, a key.
	Secret bool
	At     finding.Range // of the value; of an alias, where the value is written
	KeyAt  finding.Range
}

// Set reports a value that is there and not empty.
func (v Value) Set() bool { return v.Type != Unset && (v.Secret || v.Type != Str || v.Text != "") }

// True reports what openstacksdk takes for true (get_boolean).
func (v Value) True() bool {
	return v.Type == Bool && v.Text == "True" || v.Type == Str && strings.EqualFold(v.Text, "true")
}
