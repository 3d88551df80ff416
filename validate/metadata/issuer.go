package metadata

import (
	"slices"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// issuer is what a metadata directory has of one issuer: the files of one name. Those
// that are not there are nil.
type issuer struct {
	Folder                 *subject.Folder
	Base                   string // the name without a suffix
	URL                    string // what the name stands for; "" where the module looks for no such name
	Provider, Client, Conf *subject.Entry
}

// reader groups the files of each folder once for all rules of the topic. It may be
// used by several goroutines.
type reader struct {
	mu    sync.Mutex
	known map[*subject.Folder][]*issuer
	doors map[*subject.Folder]map[string][]*subject.Door
}

func newReader() *reader {
	return &reader{known: map[*subject.Folder][]*issuer{}, doors: map[*subject.Folder]map[string][]*subject.Door{}}
}

// each makes a rule's check of one that looks at an issuer, by the order of names.
// Files that the module never looks for are left out.
func (r *reader) each(check func(p *rule.Pass, i *issuer)) func(*rule.Pass) {
	return r.all(func(p *rule.Pass, i *issuer) {
		if i.URL != "" {
			check(p, i)
		}
	})
}

// all is each, with the files that the module never looks for.
func (r *reader) all(check func(p *rule.Pass, i *issuer)) func(*rule.Pass) {
	return func(p *rule.Pass) {
		for _, f := range folders(p) {
			for _, i := range r.issuers(f) {
				check(p, i)
			}
		}
	}
}

// eachFolder makes a rule's check of one that looks at a folder as a whole.
func (r *reader) eachFolder(check func(p *rule.Pass, f *subject.Folder, all []*issuer)) func(*rule.Pass) {
	return func(p *rule.Pass) {
		for _, f := range folders(p) {
			check(p, f, r.issuers(f))
		}
	}
}

// folders gives the folders that could be read, each once though several trees name it.
func folders(p *rule.Pass) []*subject.Folder {
	var out []*subject.Folder
	seen := map[string]bool{}
	for _, f := range p.Folders {
		if f.Err == nil && !seen[f.Show] {
			seen[f.Show] = true
			out = append(out, f)
		}
	}
	return out
}

func (r *reader) issuers(f *subject.Folder) []*issuer {
	r.mu.Lock()
	defer r.mu.Unlock()
	if all, ok := r.known[f]; ok {
		return all
	}
	by := map[string]*issuer{}
	var all []*issuer
	for _, e := range f.Entries {
		if e.Suffix == "" || !regular(e) || strings.HasPrefix(e.Name, ".") {
			continue
		}
		base := strings.TrimSuffix(e.Name, "."+e.Suffix)
		if by[base] == nil {
			by[base] = &issuer{Folder: f, Base: base, URL: urlOf(e)}
			all = append(all, by[base])
		}
		by[base].take(e)
	}
	r.known[f] = all
	return all
}

func (i *issuer) take(e *subject.Entry) {
	switch e.Suffix {
	case "provider":
		i.Provider = e
	case "client":
		i.Client = e
	case "conf":
		i.Conf = e
	}
}

// urlOf gives the issuer that a file is named after; "" also for a name that still has
// the scheme: the module takes that away before it looks.
func urlOf(e *subject.Entry) string {
	if strings.HasPrefix(e.Issuer, "https://http://") || strings.HasPrefix(e.Issuer, "https://https://") {
		return ""
	}
	return e.Issuer
}

func regular(e *subject.Entry) bool { return e.Info != nil && e.Info.Mode().IsRegular() }

// files gives the files that are there.
func (i *issuer) files() []*subject.Entry {
	return slices.DeleteFunc([]*subject.Entry{i.Provider, i.Client, i.Conf}, func(e *subject.Entry) bool { return e == nil })
}

// name is the issuer as it calls itself, or as its files are named.
func (i *issuer) name() string {
	if own := textOf(i.Provider, "issuer"); own != "" {
		return own
	}
	return i.URL
}

// about is the string by which rules agree that they mean the same issuer.
func (i *issuer) about() string { return i.Folder.Show + "/" + i.Base }

// on reports a finding at a value of a file, or at the whole file where there is none.
// It is about the file, its issuer, and what else is given.
func (i *issuer) on(p *rule.Pass, e *subject.Entry, at *engine.Node, f finding.Finding, about ...any) {
	f.At = finding.Range{Path: e.Show}
	if at != nil {
		f.At = at.At
	}
	p.Report(f, append(about, e, i.about())...)
}

// since reports whether the module that reads the folder is known to be of a version
// or newer.
func (i *issuer) since(version string) bool {
	return slices.ContainsFunc(i.Folder.Vhosts, func(v *subject.Vhost) bool {
		yes, _ := v.Tree.Since(version)
		return yes
	})
}

// before reports whether the module is known to be older than a version.
func (i *issuer) before(version string) bool {
	return slices.ContainsFunc(i.Folder.Vhosts, func(v *subject.Vhost) bool { return v.Tree.Before(version) })
}

// module gives the version of the module that reads the folder; "" unknown.
func (i *issuer) module() string {
	for _, v := range i.Folder.Vhosts {
		return v.Tree.Module
	}
	return ""
}
