package login

import (
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// setting is a value that counts for logins at one issuer or more: of a directive,
// or of a member of an issuer's .conf file.
type setting struct {
	*party
	Name    string // as it is written
	Value   string
	Command *httpdconf.Command // nil for a member
	Entry   *subject.Entry     // nil for a directive
	member  string
	node    *engine.Node
}

// providers gives the metadata of the issuers at which the setting may count: of the
// member's own issuer, or of the whole directory.
func (s setting) providers() []*subject.Entry {
	f := s.Folder()
	switch {
	case f == nil || f.Err != nil:
		return nil
	case s.Entry == nil:
		return f.With("provider")
	}
	if e := f.Entry(s.Entry.Issuer, "provider"); e != nil {
		return []*subject.Entry{e}
	}
	return nil
}

// settings gives the values of a directive, and of the member of .conf files that
// takes its place. A directive that every issuer overrides does not count.
func settings(v *party, directive, key, member string) []setting {
	var out []setting
	own, all := overrides(v.Folder(), member)
	for _, e := range own {
		n := e.Doc.Get(member)
		out = append(out, setting{v, member, n.Text(), nil, e, member, n})
	}
	if c := v.Command(key); subject.Arg(c, 0) != "" && !all {
		out = append(out, setting{v, directive, subject.Arg(c, 0), c, nil, member, nil})
	}
	return out
}

// overrides gives the .conf files that have a member; all says whether they are
// those of every issuer.
func overrides(f *subject.Folder, member string) (own []*subject.Entry, all bool) {
	if f == nil || f.Err != nil {
		return nil, false
	}
	for _, e := range f.With("conf") {
		if e.Doc.Get(member) != nil && e.Doc.Get(member).Text() != "" {
			own = append(own, e)
		}
	}
	providers := len(f.With("provider"))
	return own, providers > 0 && len(own) >= providers
}

// mended is a fix that writes another value; nil where that cannot be done in place.
func (s setting) mended(value string) *finding.Fix {
	if s.Command == nil {
		return &finding.Fix{Title: "write " + s.line(value), Edits: []finding.Edit{{At: s.node.At, Text: strconv.Quote(value)}}}
	}
	quoted, err := httpdconf.Quote(value)
	if err != nil {
		return nil
	}
	return subject.Write(s.Command, 0, quoted)
}

// report reports a finding where the value is written.
func (s setting) report(p *rule.Pass, f finding.Finding, about ...any) {
	if s.Command != nil {
		p.On(s.Command, f, about...)
		return
	}
	f.At = s.node.At
	p.Report(f, append(about, s.Entry)...)
}

// line shows how the setting is written with another value.
func (s setting) line(value string) string {
	if s.Command == nil {
		return `"` + s.Name + `": "` + value + `"`
	}
	quoted, err := httpdconf.Quote(value)
	if err != nil {
		return s.Name + " " + value
	}
	return s.Name + " " + quoted
}
