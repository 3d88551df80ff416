package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// description reads a federation.yaml: a suite for each identity provider.
func (l *loader) description(path string) error {
	fed, err := l.federation(path)
	if err != nil || fed == nil {
		return err
	}
	for _, idp := range fed.IdentityProviders {
		s := &Suite{Path: path, Name: idp.ID.Value, IdP: idp.ID.Value, Tests: idp.Tests}
		if subject, ok := l.providerSubject(fed, idp, nil); ok {
			s.subject = subject
			l.suite(s)
		}
	}
	return nil
}

// federation reads a description; nil when it has errors.
func (l *loader) federation(path string) (*spec.Federation, error) {
	l.Seen.look(path)
	fed, src, list, err := spec.ReadFile(path, l.stdin)
	if err != nil {
		return nil, err
	}
	l.Sources[path] = src
	l.add(list...)
	if list.HasErrors() {
		return nil, nil
	}
	return fed, nil
}

// providerSubject prepares the rules of an identity provider. A test file may
// overrule what the description says; nil is none.
func (l *loader) providerSubject(fed *spec.Federation, idp spec.IdentityProvider, over *spec.TestFile) (subject, bool) {
	r, read := l.ofProvider(fed, idp)
	target := fed.Target()
	options := engine.On(target)
	options.Release = fed.KeystoneRelease()
	around, fits := l.overrule(setting{options: options, door: renderedDoor(target, idp), at: idp.ID.At}, over)
	if !read || !fits {
		return subject{}, false
	}
	s, ok := l.prepare(r, around)
	s.always = append(s.always, mapping.NamesFor(idp).RemoteID)
	s.facts = engine.Facts{DomainName: idp.Domain.Value, IdP: idp.ID.Value, Protocol: idp.Protocol.Value}
	return s, ok
}

// testFile reads a *.test.yaml.
func (l *loader) testFile(path string) error {
	f, src, list, err := spec.ReadTestFile(path)
	if err != nil {
		return err
	}
	l.Sources[path] = src
	if l.add(list...); !f.Mapping.Given() {
		return nil
	}
	s := &Suite{Path: path, Name: path, Tests: f.Tests}
	ok := false
	if file, id, named := spec.SplitProvider(f.Mapping.Value); named {
		s.IdP = id
		s.subject, ok = l.elsewhere(f, beside(path, file), id)
	} else {
		s.subject, ok = l.alone(f)
	}
	if ok && !list.HasErrors() {
		l.suite(s)
	}
	return nil
}

func (l *loader) suite(s *Suite) {
	l.logins(s)
	l.Suites = append(l.Suites, s)
}

// alone prepares a mapping that no description is around.
func (l *loader) alone(f *spec.TestFile) (subject, bool) {
	if IsTestFile(f.Mapping.Value) {
		l.fail("mapping-file", f.Mapping.At, "the mapping is a test file itself, expected a file of rules, or federation.yaml#idp", "mapping: rules.json")
		return subject{}, false
	}
	r, read := l.handWritten(beside(f.Path, f.Mapping.Value), f.Mapping.At)
	around, fits := l.overrule(setting{door: renderedDoor(platform.Platform{}, spec.IdentityProvider{})}, f)
	if !read || !fits {
		return subject{}, false
	}
	return l.prepare(r, around)
}

// elsewhere prepares the rules of an identity provider of a description that a
// test file names.
func (l *loader) elsewhere(f *spec.TestFile, path, id string) (subject, bool) {
	fed, err := l.federation(path)
	if err != nil {
		l.fail("mapping-file", f.Mapping.At, fmt.Sprintf("the description %s cannot be read: %v", path, plainError(err)), "a path relative to the folder of this file")
		return subject{}, false
	}
	if fed == nil {
		return subject{}, false
	}
	i := slices.IndexFunc(fed.IdentityProviders, func(idp spec.IdentityProvider) bool { return idp.ID.Value == id })
	if i < 0 {
		l.unknownProvider(f, fed, id)
		return subject{}, false
	}
	return l.providerSubject(fed, fed.IdentityProviders[i], f)
}

func (l *loader) unknownProvider(f *spec.TestFile, fed *spec.Federation, id string) {
	var known []string
	for _, idp := range fed.IdentityProviders {
		known = append(known, idp.ID.Value)
	}
	hint := "known: " + strings.Join(known, ", ")
	if near := finding.Nearest(id, known); near != "" {
		hint = fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	l.fail("unknown-provider", f.Mapping.At, fmt.Sprintf("%s has no identity provider %q", fed.Path, id), hint)
}
