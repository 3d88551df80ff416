package templates

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/fedstone/fedstone/internal/parallel"
)

// manifest is the record of what was written. It lets the next run find what is
// no longer produced.
type manifest struct {
	Version    int            `json:"version"`
	Platform   string         `json:"platform"`
	Controller string         `json:"controller"`
	Modules    []string       `json:"httpd_modules"`
	Files      []manifestFile `json:"files"`
	Stale      []string       `json:"stale,omitempty"` // of earlier runs, still there
}

type manifestFile struct {
	Path   string `json:"path"`
	Kind   Kind   `json:"kind"`
	Mode   string `json:"mode"`
	Owner  string `json:"owner"`
	Group  string `json:"group"`
	SHA256 string `json:"sha256"`
}

func (b *Bundle) manifest() (File, error) {
	m := manifest{Version: 1, Platform: b.Platform, Controller: b.Controller, Modules: b.Modules, Files: make([]manifestFile, len(b.Files))}
	parallel.Each(len(b.Files), func(i int) {
		f := b.Files[i]
		sum := sha256.Sum256(f.Content)
		m.Files[i] = manifestFile{f.Path, f.Kind, fmt.Sprintf("%04o", f.Mode), f.Owner, f.Group, hex.EncodeToString(sum[:])}
	})
	text, err := newPress().encode(m)
	// Digests of files that hold secrets are in it: for root alone.
	return File{Path: b.Manifest, Kind: manifestKind, Mode: 0o600, Owner: "root", Group: "root", Content: text, readBack: readsAs(m)}, err
}
