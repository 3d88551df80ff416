package keystone

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/subject"
)

// option names what findings about one option share, so that the first of them
// explains the others.
func option(key string) string { return "option:" + key }

// aboutRemoteID is what findings about the variable with the issuer share, over topics.
const aboutRemoteID = "remote-id-attribute"

// whole reports whether keystone.conf itself is at hand, and read to its end, so that
// what its files leave out is not set elsewhere.
func whole(s *subject.Site) bool {
	if s.Keystone == nil {
		return false
	}
	main := false
	for _, f := range s.Keystone.Conf.Files() {
		main = main || filepath.Base(f.Path) == "keystone.conf"
		if f.Refused != nil {
			return false
		}
	}
	return main
}

// top is the place of what keystone.conf leaves out: the section where it belongs, or
// the file.
func top(s *subject.Site, section string) finding.Range {
	at := finding.Range{}
	for _, f := range s.Keystone.Conf.Files() {
		for _, have := range f.Sections {
			if oslo.Same(have.Name, section) {
				return have.At
			}
		}
		if at.Path == "" {
			at.Path = f.Path
		}
	}
	return at
}

// text gives an option's value as Keystone gets it; ok is false where it is not set,
// or has references that only Keystone itself can tell.
func text(s *subject.Site, section, key string) (string, oslo.Value, bool) {
	v, ok := s.Keystone.Conf.Get(section, key)
	if !ok {
		return "", v, false
	}
	r := s.Keystone.Conf.Resolve(v, nil)
	return r.Text, v, r.Outcome == oslo.Decided
}

// line is the place of a whole assignment.
func line(v oslo.Value) finding.Range {
	at := v.KeyAt
	at.End = v.At.End
	return at
}

// bare reports whether a value stands in its file as it is: on one line, without
// quotes, so that something may be put behind it.
func bare(s *subject.Site, v oslo.Value) bool {
	raw := s.Raw(v.At.Path)
	return v.At.End.Byte <= len(raw) && string(raw[v.At.Start.Byte:v.At.End.Byte]) == v.Text && !strings.Contains(v.Text, "\n")
}

// replace puts another text in the place of a value.
func replace(v oslo.Value, text, title string) *finding.Fix {
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: v.At, Text: text}}}
}

// federated reports whether keystone.conf has anything to do with a federation.
func federated(s *subject.Site) bool {
	if s.Keystone == nil {
		return false
	}
	if len(uses(s)) > 0 {
		return true
	}
	return slices.ContainsFunc(s.Keystone.Conf.Sections(), func(name string) bool {
		return oslo.Same(name, "federation") || slices.Contains(mappedMethods, strings.ToLower(name))
	})
}
