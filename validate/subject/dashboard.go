package subject

import (
	"path/filepath"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pysettings"
)

// Dashboard is settings of Horizon: local_settings.py and, behind it, the snippets
// of local_settings.d, as openstack_dashboard/settings.py executes them.
type Dashboard struct {
	Files []string // in the order of execution
	Conf  *pysettings.Config
	// Whole reports whether local_settings.py itself is at hand, so that what the
	// files leave out is not set elsewhere.
	Whole bool
}

// joinPython puts the files together as Horizon executes them: local_settings.py,
// and behind it the others by their names.
func (l *loader) joinPython() {
	if len(l.python) == 0 {
		return
	}
	names := sortedKeys(l.python)
	slices.SortStableFunc(names, func(a, b string) int { return turn(a) - turn(b) })
	d := &Dashboard{Files: names}
	var files []*pysettings.File
	for _, name := range names {
		file, found := pysettings.Parse(name, l.python[name])
		l.site.Found = append(l.site.Found, found...)
		files = append(files, file)
		d.Whole = d.Whole || turn(name) == 0
	}
	d.Conf = pysettings.New(files...)
	l.site.Dashboard = d
}

func turn(name string) int {
	if filepath.Base(filepath.Dir(name)) == "local_settings.d" {
		return 1
	}
	return 0
}

// Text gives a setting that is a text. known is false where it cannot be told;
// it is "" where it is certainly not set, or None.
func (d *Dashboard) Text(name string) (text string, at finding.Range, known bool) {
	s, ok := d.Conf.Get(name)
	if !ok {
		return "", finding.Range{}, d.Whole
	}
	if s.Kind != pysettings.Scalar || !s.Decided {
		return "", s.At, false
	}
	text, isText := s.Value.(string)
	return text, s.At, isText || s.Value == nil
}

// On reports a setting's truth; otherwise is Horizon's own value, where the files
// do not set it. known is false where it cannot be told.
func (d *Dashboard) On(name string, otherwise bool) (on, known bool, at finding.Range) {
	s, ok := d.Conf.Get(name)
	if !ok {
		return otherwise, d.Whole, finding.Range{}
	}
	if !s.Decided {
		return false, false, s.At
	}
	switch v := s.Value.(type) {
	case bool:
		return v, true, s.At
	case string:
		return v != "", true, s.At
	case nil:
		return false, true, s.At
	}
	return false, false, s.At
}

// Choice is one of WEBSSO_CHOICES.
type Choice struct {
	Key string
	At  finding.Range // of the key
}

// Choices gives WEBSSO_CHOICES, in order. known is false where not all of them can be
// told; those that can are given all the same. At is the zero Range where none is set.
func (d *Dashboard) Choices() (choices []Choice, at finding.Range, known bool) {
	s, ok := d.Conf.Get("WEBSSO_CHOICES")
	if !ok {
		return nil, finding.Range{}, d.Whole
	}
	known = s.Kind == pysettings.Tuple || s.Kind == pysettings.List
	for _, p := range s.Parts {
		key, ok := "", false
		if (p.Kind == pysettings.Tuple || p.Kind == pysettings.List) && len(p.Parts) == 2 {
			key, ok = textOf(p.Parts[0])
		}
		if !ok {
			known = false
			continue
		}
		choices = append(choices, Choice{key, p.Parts[0].At})
	}
	return choices, s.At, known
}

// Target is what WEBSSO_IDP_MAPPING makes of a choice.
type Target struct {
	Key, IdP, Protocol string
	At                 finding.Range // of the pair
	IdPAt, ProtocolAt  finding.Range
}

// Targets gives WEBSSO_IDP_MAPPING by the key of a choice. known is false where not
// all of it can be told.
func (d *Dashboard) Targets() (targets map[string]Target, at finding.Range, known bool) {
	targets = map[string]Target{}
	s, ok := d.Conf.Get("WEBSSO_IDP_MAPPING")
	if !ok {
		return targets, finding.Range{}, d.Whole
	}
	known = s.Kind == pysettings.Dict
	for _, p := range s.Parts {
		t, ok := targetOf(p)
		if known = known && ok; ok {
			targets[t.Key] = t
		}
	}
	return targets, s.At, known
}

func targetOf(p pysettings.Part) (t Target, ok bool) {
	if p.Key == nil || len(p.Parts) != 2 || p.Kind != pysettings.Tuple && p.Kind != pysettings.List {
		return t, false
	}
	key, ok1 := textOf(*p.Key)
	idp, ok2 := textOf(p.Parts[0])
	protocol, ok3 := textOf(p.Parts[1])
	return Target{key, idp, protocol, p.At, p.Parts[0].At, p.Parts[1].At}, ok1 && ok2 && ok3
}

func textOf(p pysettings.Part) (string, bool) {
	text, ok := p.Value.(string)
	return text, ok && p.Decided && p.Kind == pysettings.Scalar
}

// WebURL gives where the dashboard sends browsers for a login through Keystone:
// WEBSSO_KEYSTONE_URL, else OPENSTACK_KEYSTONE_URL (openstack_auth/views.py, login).
// by is the setting's name; "" where neither is set, or it cannot be told.
func (d *Dashboard) WebURL() (url, by string, at finding.Range) {
	for _, name := range []string{"WEBSSO_KEYSTONE_URL", "OPENSTACK_KEYSTONE_URL"} {
		text, at, known := d.Text(name)
		if !known {
			return "", "", at
		}
		if text != "" {
			return text, name, at
		}
	}
	return "", "", finding.Range{}
}

// Undecided gives the settings of a login through Keystone that only running the
// files can tell, each with the reason.
func (d *Dashboard) Undecided() []pysettings.Setting {
	var out []pysettings.Setting
	for _, name := range []string{"WEBSSO_ENABLED", "WEBSSO_CHOICES", "WEBSSO_IDP_MAPPING", "WEBSSO_KEYSTONE_URL", "OPENSTACK_KEYSTONE_URL"} {
		if s, ok := d.Conf.Get(name); ok && !s.Decided && !partly(s.Part) {
			out = append(out, s)
		}
	}
	return out
}

// partly reports whether all that matters of a value is known: the labels of choices
// may be translated.
func partly(p pysettings.Part) bool {
	if p.Decided || p.Translated {
		return true
	}
	if p.Kind != pysettings.Tuple && p.Kind != pysettings.List && p.Kind != pysettings.Dict {
		return false
	}
	for i, q := range p.Parts {
		if len(p.Parts) == 2 && i == 1 && p.Parts[0].Kind == pysettings.Scalar {
			continue // a label
		}
		if !partly(q) {
			return false
		}
	}
	return true
}
