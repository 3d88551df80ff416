package main

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/symptom"
	"github.com/fedstone/fedstone/validate/subject"
)

// mostJoined is how many findings a failed step shows.
const mostJoined = 5

// provider joins the findings to the failed steps; several steps that fail for one
// cause have them once.
func (d *deployed) provider(fed *spec.Federation, p *probe.Provider, list finding.List) {
	told := map[string]bool{}
	for i := range p.Steps {
		s := &p.Steps[i]
		if s.Verdict != probe.Fail || told[s.Symptom] {
			continue
		}
		told[s.Symptom] = true
		cover := d.cover(fed.Keystone.URL.Value, failingPath(p, s.Name))
		s.Findings = blamed(list, symptom.RulesOf(s.Symptom), cover)
		s.Notes = append(s.Notes, cover.notes(d.paths, len(s.Findings))...)
		if more := len(s.Findings) - mostJoined; more > 0 {
			s.Findings = s.Findings[:mostJoined]
			s.Notes = append(s.Notes, fmt.Sprintf("%d more findings about it: fedstone validate %s", more, strings.Join(d.paths, " ")))
		}
	}
}

// failingPath is what a step asks of httpd's federation paths; "" for others.
func failingPath(p *probe.Provider, step string) string {
	switch {
	case slices.Contains([]string{"no-token", "garbage-token", "exchange"}, step):
		return keystone.AuthPath(p.ID, p.Protocol)
	case strings.HasPrefix(step, "websso"):
		return "/v3/auth/OS-FEDERATION/identity_providers/" + url.PathEscape(p.ID) + "/protocols/" + url.PathEscape(p.Protocol) + "/websso"
	}
	return ""
}

// coverage is what of a configuration a path meets.
type coverage struct {
	path     string
	vhosts   []*subject.Vhost
	sections []finding.Range
}

// cover finds the virtual hosts that answer at Keystone's address, and the sections
// in them that hold for the path.
func (d *deployed) cover(address, path string) coverage {
	out := coverage{path: path}
	if path == "" {
		return out
	}
	u, err := url.Parse(address)
	if err != nil {
		return out
	}
	out.path = strings.TrimRight(strings.TrimSuffix(u.Path, "/v3"), "/") + path
	for _, v := range d.site.Vhosts() {
		if answers(v, u) {
			out.vhosts = append(out.vhosts, v)
			out.sections = append(out.sections, sectionsAt(v, out.path)...)
		}
	}
	return out
}

// answers: the virtual host serves Keystone under this name or port.
func answers(v *subject.Vhost, u *url.URL) bool {
	port, _ := strconv.ParseUint(u.Port(), 10, 16) // none: any
	return v.ServesKeystone() && (v.Named(u.Hostname()) || v.Inner() || port == 0 || v.Port() == 0 || v.Port() == uint16(port))
}

func sectionsAt(v *subject.Vhost, path string) []finding.Range {
	var out []finding.Range
	for _, layer := range v.Context(path).Layers {
		if layer.Section != nil && strings.HasPrefix(layer.Section.Key(), "<location") {
			whole := layer.Section.At()
			whole.End = layer.Section.EndAt().End
			out = append(out, whole)
		}
	}
	return out
}

// notes say that nothing covers the path; or what does, where there is no finding.
func (c coverage) notes(paths []string, findings int) []string {
	where := strings.Join(paths, " ")
	switch {
	case c.path == "" || len(c.sections) > 0 && findings > 0:
		return nil
	case len(c.vhosts) == 0:
		return []string{where + " has no virtual host that serves Keystone at this address"}
	case len(c.sections) > 0:
		var places []string
		for _, at := range c.sections {
			places = append(places, at.String())
		}
		return []string{fmt.Sprintf("nothing is found to be wrong in what holds for %s: the sections at %s", c.path, strings.Join(places, ", "))}
	}
	return []string{fmt.Sprintf("no section of %s covers %s: see %s", where, c.path, c.vhosts[0].At())}
}

// blamed gives the findings about a failure, the likeliest first: those that find
// its very cause, in a section or virtual host that the path meets; those elsewhere;
// then others at that place.
func blamed(list finding.List, rules []string, c coverage) []finding.Finding {
	var out []finding.Finding
	for _, wanted := range []struct{ cause, here bool }{{true, true}, {true, false}, {false, true}} {
		for _, f := range list {
			if slices.Contains(rules, f.Slug) == wanted.cause && c.holds(f) == wanted.here {
				out = append(out, f)
			}
		}
	}
	return out
}

// holds: the finding is in a section that the path meets.
func (c coverage) holds(f finding.Finding) bool {
	return slices.ContainsFunc(c.sections, func(at finding.Range) bool {
		return at.Path == f.At.Path && at.Start.Line <= f.At.Start.Line && f.At.Start.Line <= max(at.End.Line, at.Start.Line)
	})
}
