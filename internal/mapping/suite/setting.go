package suite

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/spec"
)

// setting is what stands around rules; at is where that is said.
type setting struct {
	options engine.Options
	door    door
	at      finding.Range
}

// overrule puts what a test file says in the place of what is known else; nil
// says nothing.
func (l *loader) overrule(s setting, f *spec.TestFile) (setting, bool) {
	if f == nil {
		return s, true
	}
	s.at, s.options.Schema = f.Mapping.At, f.Schema.Value
	if f.Release.Given() {
		s.options.Release = f.Release.Value
	}
	var fits bool
	if s.door, fits = l.door(s.door, f.Module); !fits {
		return s, false
	}
	return s, !f.Python.Given() || l.python(&s, f.Python)
}

func (l *loader) python(s *setting, t spec.Text) bool {
	version, err := python.ParseVersion(t.Value)
	if err != nil {
		l.fail("unknown-value", t.At, err.Error(), "python: 3.11")
	}
	s.options.Python = version
	return err == nil
}

// keystoneRelease is the release of the description, or its platform's own.
func keystoneRelease(fed *spec.Federation) string {
	if fed.Keystone.Release.Given() {
		return fed.Keystone.Release.Value
	}
	target, _ := platform.ByName(fed.Platform.Value) // the loader has refused unknown names
	return target.Release
}

// pythonOf is what a platform's Keystone runs on: RHEL 9 has Python 3.9, Debian
// 12 the engine's default.
func pythonOf(name string) python.Version {
	if name == "rhosp-17.1" {
		return python.Version{Major: 3, Minor: 9}
	}
	return python.Version{}
}
