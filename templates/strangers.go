package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Strangers tells what lies in the metadata directory below dir and belongs to no
// provider of the bundle, and to no earlier run, which is told of as stale. The module
// goes by names (mod_auth_openidc, src/metadata.c, oidc_metadata_list): one that ends in
// .provider names an issuer, also when nobody described it; a copy that an editor left is
// not read, and holds what the original holds.
func Strangers(b *Bundle, dir string) ([]string, error) {
	d, err := openDisk(dir, false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	known, err := knownFiles(d, b)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	var issuers, others []string
	for _, folder := range slices.Sorted(maps.Keys(b.metadataNames())) {
		found, err := strangersIn(d, known, folder)
		if err != nil {
			return nil, errors.Join(err, d.Close())
		}
		for _, p := range found {
			if isProvider(path.Base(p)) {
				issuers = append(issuers, p)
			} else {
				others = append(others, p)
			}
		}
	}
	return told(issuers, others), d.Close()
}

func told(issuers, others []string) (notes []string) {
	if len(issuers) > 0 {
		notes = append(notes, fmt.Sprintf("%s: names an issuer to mod_auth_openidc that the description does not; remove it, or describe the issuer", some(issuers)))
	}
	if len(others) > 0 {
		notes = append(notes, fmt.Sprintf("%s: of no provider of the description, and not read without one; what it holds, such as a client's secret, lies there all the same; remove it", some(others)))
	}
	return notes
}

// isProvider: names that begin with a dot are passed over by the module.
func isProvider(name string) bool {
	return strings.HasSuffix(name, ".provider") && !strings.HasPrefix(name, ".")
}

// knownFiles are those of the bundle, and those of earlier runs.
func knownFiles(d disk, b *Bundle) (map[string]bool, error) {
	known, _ := b.places()
	stale, err := staleFiles(d, b)
	for _, p := range stale {
		known[p] = true
	}
	return known, err
}

func strangersIn(d disk, known map[string]bool, folder string) ([]string, error) {
	names, err := d.Names(below(folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, name := range names {
		if p := path.Join(folder, name); !known[p] && !strings.HasPrefix(name, ".fedstone-") {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out, err
}

// some names the first of many.
func some(paths []string) string {
	const most = 3
	if len(paths) <= most {
		return strings.Join(paths, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(paths[:most], ", "), len(paths)-most)
}
