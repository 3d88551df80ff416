package pysettings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// binding is what a name stands for.
type binding struct {
	name  finding.Range
	value ref
	epoch int
	gone  bool // deleted
}

// scope holds a module's names while its files are read.
type scope struct {
	names    map[string]*binding
	epoch    int               // counts the statements that may set any name
	why      string            // of the last of them
	anything string            // why every name is undecided from now on
	later    map[string]string // names that a function may read, and what it does then
	setLater map[string]string // names that a function may set
	effort   int               // see maxEffort
}

func newScope() *scope {
	return &scope{names: map[string]*binding{}, later: map[string]string{}, setLater: map[string]string{}}
}

// gettext are the names that Horizon's settings have for the functions of
// django.utils.translation.
var gettext = [...]string{"_", "gettext", "gettext_lazy", "ugettext", "ugettext_lazy"}

func (s *scope) set(name string, at finding.Range, value ref) {
	if why := s.setLater[name]; why != "" {
		taint(value.obj, why)
		value.obj = unknown(why)
	}
	if why := s.later[name]; why != "" {
		taint(value.obj, why)
	}
	if !ascii(name) {
		s.lose("Python may take a name for another one that looks like it")
		value.obj = unknown(s.why)
	}
	s.names[name] = &binding{name: at, value: value, epoch: s.epoch}
}

// lose makes every name undecided that is not set again.
func (s *scope) lose(why string) {
	s.epoch++
	s.why = why
}

func (s *scope) get(name string) *object {
	b := s.names[name]
	switch {
	case s.anything != "":
		return unknown(s.anything)
	case b != nil && b.epoch == s.epoch && b.gone:
		return unknown(name + " was deleted")
	case b != nil && b.epoch == s.epoch:
		return b.value.obj
	case s.epoch > 0:
		return unknown(s.why)
	case slices.Contains(gettext[:], name):
		return &object{gettext: true, open: "it is a function"}
	}
	return unknown(fmt.Sprintf("it depends on %s, which the files that were read do not set", name))
}

// mention taints what a name stands for: it is in hands that are not known.
func (s *scope) mention(name, why string) {
	if b := s.names[name]; b != nil {
		taint(b.value.obj, why)
	}
}

// remember makes a name's future values open for a function to change.
func (s *scope) remember(name, why string) {
	s.mention(name, why)
	if s.later[name] == "" {
		s.later[name] = why
	}
}

// boundary is the end of a file. Of a module's names, the next file does not see
// those with an underscore, nor those that __all__ leaves out.
func (s *scope) boundary() {
	if s.names["__all__"] != nil {
		s.lose("__all__ says which names of the file are seen elsewhere")
	}
	for name, b := range s.names {
		if !strings.HasPrefix(name, "_") {
			continue
		}
		if name == "_" && b.value.obj.gettext {
			delete(s.names, name)
			continue
		}
		s.mention(name, "another file may see it")
		b.value.obj = unknown("names with an underscore are not seen in other files")
	}
}
