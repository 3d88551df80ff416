package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

// check gives what Keystone's schema refuses: errors where every release does that
// may be meant, else warnings that name those which take it. What the newest takes
// as it stands, all do.
func (d *document) check(p *rule.Pass) finding.List {
	var out finding.List
	spans := d.spans()
	refused := map[finding.Range][]span{}
	for _, s := range slices.Backward(spans) {
		for _, f := range engine.Check(d.Doc, engine.Options{Release: s.first, Schema: d.asked(p, s)}) {
			if refused[f.At] == nil {
				out = append(out, f)
			}
			refused[f.At] = append(refused[f.At], s)
		}
		if len(out) == 0 && d.asked(p, s) == "" {
			return nil
		}
	}
	for i, f := range out {
		if by := refused[f.At]; len(by) < len(spans) {
			out[i].Severity = finding.Warning
			out[i].Message += "; Keystone " + others(spans, by) + " takes it"
		}
	}
	return out
}

// span is a run of releases that judge mappings alike.
type span struct {
	first, last string
	versions    []string
}

// spans gives the releases that may be meant: the known one, or all that know the
// schema version which the mapping states.
func (d *document) spans() []span {
	all := platform.Releases()
	if d.release.Number > 0 {
		all = []platform.Release{d.release}
	}
	stated := d.Doc.Root.Get("schema_version")
	var out []span
	for _, r := range all {
		switch n := len(out); {
		case stated != nil && !takesVersion(r, stated, d.release.Number > 0):
		case n > 0 && slices.Equal(out[n-1].versions, r.SchemaVersions):
			out[n-1].last = r.Name
		default:
			out = append(out, span{r.Name, r.Name, r.SchemaVersions})
		}
	}
	return out
}

// takesVersion reports whether a release does not fail on a stated version. What
// is older than versions passes over it, which nobody means who states one.
func takesVersion(r platform.Release, stated *engine.Node, known bool) bool {
	return r.SchemaVersions == nil && known || slices.Contains(r.SchemaVersions, stated.Text())
}

// asked is the schema version that keystone.conf gives a mapping which states none.
func (d *document) asked(p *rule.Pass, s span) string {
	if version := defaultSchema(p); d.Doc.Root.Get("schema_version") == nil && slices.Contains(s.versions, version) {
		return version
	}
	return ""
}

// others names the spans that are not among some.
func others(all, some []span) string {
	text := ""
	for _, s := range all {
		if slices.ContainsFunc(some, func(o span) bool { return o.first == s.first }) {
			continue
		}
		if text != "" {
			text += " and "
		}
		text += s.String()
	}
	return text
}

func (s span) String() string {
	all := platform.Releases()
	switch {
	case s.first == s.last:
		return s.first
	case s.first == all[0].Name:
		return "up to " + s.last
	case s.last == all[len(all)-1].Name:
		return "since " + s.first
	}
	return fmt.Sprintf("%s to %s", s.first, s.last)
}
