package suite

import (
	"fmt"
	"path/filepath"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// subject is what is tested: rules, prepared, and what stands around them.
type subject struct {
	mapping   string // names the rules: a path, or description#provider
	processor *engine.Processor
	places    []places
	door      door
	facts     engine.Facts
	always    []string // types that every login has
}

// rules are a mapping before a processor is made of it.
type rules struct {
	name   string
	doc    *engine.Document
	places []places
}

// handWritten reads a mapping file; at is where its name stands.
func (l *loader) handWritten(path string, at finding.Range) (rules, bool) {
	l.Seen.look(path)
	src, err := readFile(path, mapping.MaxSize)
	if err != nil {
		l.fail("mapping-file", at, fmt.Sprintf("the mapping %s cannot be read: %v", path, err), "a path relative to the folder of this file")
		return rules{}, false
	}
	l.Sources[path] = src
	doc, list := engine.Read(path, src)
	l.add(list...)
	if list.HasErrors() {
		return rules{}, false
	}
	return rules{path, doc, ownPlaces(doc)}, true
}

// ofProvider gives the rules of an identity provider: compiled, or its file.
func (l *loader) ofProvider(fed *spec.Federation, idp spec.IdentityProvider) (rules, bool) {
	if idp.Mapping.Given() {
		return l.handWritten(beside(fed.Path, idp.Mapping.Value), idp.Mapping.At)
	}
	compiled, list := mapping.Compile(idp, fed.KeystoneRelease())
	l.add(list...)
	if list.HasErrors() {
		return rules{}, false
	}
	src, err := compiled.Bytes()
	if err != nil {
		l.fail("bad-mapping", idp.ID.At, err.Error(), "")
		return rules{}, false
	}
	name := fed.Path + "#" + idp.ID.Value
	doc, list := engine.Read(name, src)
	l.add(list...)
	return rules{name, doc, namedPlaces(idp, compiled)}, !list.HasErrors()
}

// prepare checks rules as Keystone does and makes a processor of them.
func (l *loader) prepare(r rules, around setting) (subject, bool) {
	list := engine.Check(r.doc, around.options)
	for i := range list {
		if list[i].At.Start.Line == 0 { // about the options, not the mapping
			list[i].At = around.at
		}
	}
	if l.add(list...); list.HasErrors() {
		return subject{}, false
	}
	p, err := engine.New(r.doc, around.options)
	if err != nil {
		l.fail("bad-options", around.at, err.Error(), "")
		return subject{}, false
	}
	return subject{mapping: filepath.Clean(r.name), processor: p, places: r.places, door: around.door, always: around.door.always()}, true
}
