package spec

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema gives the JSON Schema (draft 2020-12) of federation.yaml, for editors.
// It knows every key and the form of every value; what takes more than one value
// to judge (collisions, limits of a release) is known to Load alone.
func Schema() []byte { return slices.Clone(schema) }
