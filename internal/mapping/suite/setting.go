package suite

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
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
	if f.Schema.Given() {
		s.at = f.Schema.At
	}
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
	if known := python.Versions(); err == nil && !slices.Contains(known, version) {
		err = fmt.Errorf("python version %q is not known, only %s to %s", t.Value, known[0], known[len(known)-1])
	}
	if err != nil {
		l.fail("unknown-value", t.At, err.Error(), "python: 3.11")
	}
	s.options.Python = version
	return err == nil
}
