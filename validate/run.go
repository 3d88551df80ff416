package validate

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/startup"
	"github.com/fedstone/fedstone/validate/subject"
)

// Result is what a run has to say. Ignored are the findings that comments in the
// files set aside; they are not in Findings.
type Result struct {
	Findings finding.List
	Ignored  finding.List
	Files    []string
}

// Run judges sites by the rules of all topics. With fleet, the sites are the
// machines of one cloud and are compared, too.
func Run(sites []*subject.Site, fleet bool) Result {
	var reports []rule.Report
	var result Result
	for _, s := range sites {
		result.Files = append(result.Files, s.Files...)
		reports = append(reports, append(read(s), judge(whole(s))...)...)
	}
	if fleet {
		reports = append(reports, compare(sites)...)
	}
	marks := marksOf(sites)
	reports, ignored := marks.setAside(reports)
	result.Findings = unique(withoutPasswords(append(joined(reports, after()), marks.remarks()...)))
	result.Ignored = unique(withoutPasswords(ignored))
	inOrder(result.Findings)
	return result
}

// read gives what reading the files of a site found.
func read(s *subject.Site) []rule.Report {
	found := slices.Clone(s.Found)
	for _, t := range s.Trees {
		found = append(found, t.Reading()...)
	}
	var out []rule.Report
	for _, f := range found {
		out = append(out, rule.Report{Finding: f})
	}
	return out
}

// withoutPasswords hides the passwords of the URLs that findings quote. Fixes are
// left as they are: they are written to the file that holds the URL.
func withoutPasswords(list finding.List) finding.List {
	for i := range list {
		f := &list[i]
		f.Message, f.Hint = subject.WithoutPasswords(f.Message), subject.WithoutPasswords(f.Hint)
		f.Related = slices.Clone(f.Related)
		for j := range f.Related {
			f.Related[j].Message = subject.WithoutPasswords(f.Related[j].Message)
		}
	}
	return list
}

// inOrder puts what must be mended first: by severity, and of the errors those first
// that keep httpd from reading or starting; then by place.
func inOrder(list finding.List) {
	list.Sort()
	stops := stopping()
	rank := func(f finding.Finding) int {
		if stops[f.Slug] {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b finding.Finding) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(rank(a), rank(b)))
	})
}

// stopping gives the slugs of what keeps httpd from reading its files or from starting.
func stopping() map[string]bool {
	out := map[string]bool{}
	for _, r := range append(Reading(), startup.Topic().Rules...) {
		out[r.Slug] = true
	}
	return out
}

// whole gives a site without the trees that httpd refuses to read: what stands
// behind the place where it stops may mean something else than it seems to.
func whole(s *subject.Site) *subject.Site {
	out := *s
	out.Trees = nil
	for _, t := range s.Trees {
		if t.Conf.Refused == nil {
			out.Trees = append(out.Trees, t)
		}
	}
	return &out
}

// judge asks the topics, several at a time; what they report stands in their order.
func judge(s *subject.Site) []rule.Report {
	s.Warm()
	topics := Topics()
	reports := make([][]rule.Report, len(topics))
	var group sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range topics {
		room <- struct{}{}
		group.Go(func() {
			t := topics[i]
			for j := range t.Rules {
				reports[i] = append(reports[i], t.Rules[j].Run(s)...)
			}
			topics[i].Rules = nil // and what they have kept for each other
			<-room
		})
	}
	group.Wait()
	return slices.Concat(reports...)
}

func compare(sites []*subject.Site) []rule.Report {
	var out []rule.Report
	for _, t := range Topics() {
		for i := range t.Rules {
			out = append(out, t.Rules[i].RunFleet(sites)...)
		}
	}
	return out
}

// after gives, of each rule, those whose findings explain its own.
func after() map[string][]string {
	out := map[string][]string{}
	for _, t := range Topics() {
		for _, r := range t.Rules {
			out[r.Slug] = r.After
		}
	}
	return out
}

// unique leaves out what was found twice, as a setting of the main server is in
// each virtual host that has it.
func unique(list finding.List) finding.List {
	type key struct {
		slug, message, at string
	}
	seen := map[key]bool{}
	var out finding.List
	for _, f := range list {
		k := key{f.Slug, f.Message, f.At.String()}
		if !seen[k] {
			seen[k] = true
			out = append(out, f)
		}
	}
	return out
}

// Excerpts gives the lines of files that findings are about, as they may be shown:
// secrets are stars, all other lines are empty. Nil for a file that was not read.
func Excerpts(sites []*subject.Site, list finding.List) func(path string) []byte {
	wanted := map[string]map[int]bool{}
	want := func(at finding.Range) {
		if wanted[at.Path] == nil {
			wanted[at.Path] = map[int]bool{}
		}
		for line := at.Start.Line; line <= max(at.Start.Line, min(at.End.Line, at.Start.Line+mostLines)); line++ {
			wanted[at.Path][line] = true
		}
	}
	for _, f := range list {
		want(f.At)
		for _, r := range f.Related {
			want(r.At)
		}
	}
	return func(path string) []byte {
		for _, s := range sites {
			if src := s.Raw(path); src != nil {
				return subject.MaskedLines(src, wanted[path])
			}
		}
		return nil
	}
}

// mostLines is how many lines of a place an excerpt may show.
const mostLines = 20
