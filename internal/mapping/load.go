package mapping

import (
	"fmt"
	"path/filepath"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/spec"
)

// MaxSize bounds a mapping, in bytes. Keystone's column holds 64 KiB of rules.
const MaxSize = 1 << 20

// For gives the provider's mapping: its named rules compiled, or the file that
// `mapping:` names, relative to dir.
func For(idp spec.IdentityProvider, release, dir string) (Mapping, finding.List, error) {
	if !idp.Mapping.Given() {
		m, list := Compile(idp, release)
		return m, list, nil
	}
	path := idp.Mapping.Value
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	m, list, err := load(path, release)
	if m.SchemaVersion == "" {
		m.SchemaVersion = schemaVersion(release)
	}
	return m, list, err
}

func load(path, release string) (Mapping, finding.List, error) {
	src, err := input.File(path, MaxSize)
	if err != nil {
		return Mapping{}, nil, fmt.Errorf("mapping: %w", err)
	}
	if len(src) > MaxSize {
		return Mapping{}, nil, fmt.Errorf("mapping %s: more than %d bytes, expected a file of at most that", path, MaxSize)
	}
	m, list := parse(path, src, release)
	return m, list, nil
}
