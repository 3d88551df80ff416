package templates

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/pattern"
)

// httpdPieces are the templates of httpd's files: each defines pieces, of which a
// layout puts its files together.
//
//go:embed httpd/*.conf.tmpl
var httpdPieces embed.FS

// httpd renders the whole vhost file, or two where the platform writes the vhosts, or gives
// what was fitted into one that is there.
func (j *job) httpd() ([]File, error) {
	l := j.platform.Layout
	switch {
	case j.layout() != wholeLayout:
		return j.fitted, nil
	case l.Server == "":
		f, err := j.httpdFile("whole", l.Vhost)
		return []File{f}, err
	}
	return together(
		func() (File, error) { return j.httpdFile("included", l.Vhost) },
		func() (File, error) { return j.httpdFile("beside", l.Server) })
}

// httpdFile renders the file that one piece begins.
func (j *job) httpdFile(piece, path string) (File, error) {
	page, err := j.httpdPage(piece)
	if err != nil {
		return File{}, err
	}
	var b bytes.Buffer
	b.Grow(page.size())
	if err := page.fill(&b); err != nil {
		return File{}, fmt.Errorf("httpd: %w", err)
	}
	return File{Path: path, Kind: HTTPD, Mode: 0o640, Owner: "root", Group: "root", Secret: true, Content: b.Bytes(), readBack: page.verify}, nil
}

// httpdPage is the vhost file before its text: sheets and values.
type httpdPage struct {
	main     *statement
	values   []string
	sections map[string][]section // by the name of `each`
}

// section is one identity provider's piece.
type section struct {
	sheet  *statement
	values []string
}

// httpdPage makes the page of one piece: "whole", or what a layout begins a file with.
func (j *job) httpdPage(piece string) (*httpdPage, error) {
	funcs := template.FuncMap{"has": j.has, "arg": unbound, "each": each}
	t, err := template.New("httpd").Funcs(funcs).ParseFS(httpdPieces, "httpd/*.conf.tmpl")
	if err != nil {
		return nil, err
	}
	s := &stationer{template: t, funcs: template.FuncMap{"has": j.has}, made: map[string]*statement{}, directives: j.directives}
	main := j.mainSlots()
	p := &httpdPage{values: main.values, sections: map[string][]section{}}
	if p.main, err = s.statement(piece, "", main); err != nil {
		return nil, err
	}
	values := newSlots()
	for i := range j.openID.IdentityProviders {
		values.reset()
		if err := p.provider(s, j.provider(values, i)); err != nil {
			return nil, err
		}
	}
	if err := j.samlSections(s, p); err != nil {
		return nil, err
	}
	return p, j.globals(s, p)
}

func (p *httpdPage) provider(s *stationer, v provider) error {
	for _, name := range []string{"login", "public", "gate"} {
		st, err := s.statement(name, v.shape, v.slots)
		if err != nil {
			return err
		}
		p.sections[name] = append(p.sections[name], section{st, v.slots.values})
	}
	return nil
}

// unbound stands for arg until a sheet is compiled.
func unbound(...any) (string, error) { return "", fmt.Errorf("arg outside of a sheet") }

func (j *job) has(name string) bool {
	_, ok := j.directives.Lookup(name)
	return ok
}

// size estimates the finished text: marks are about half as long as values.
func (p *httpdPage) size() int {
	n := len(p.main.text)
	for _, sections := range p.sections {
		for _, s := range sections {
			n += len(s.sheet.text)
		}
	}
	return n + n/2
}

func (p *httpdPage) fill(b *bytes.Buffer) error {
	return p.main.fill(b, p.values, httpdArgument, func(b *bytes.Buffer, name string) error {
		for _, s := range p.sections[name] {
			if err := s.sheet.fill(b, s.values, httpdArgument, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// ofQuery begins the one expression on the query: what it looks like.
const ofQuery = "%{QUERY_STRING} -strmatch "

// ofClaim is the one expression on a claim: what Keystone will see of it. httpd asks
// it before there is a user, too, and must not refuse then.
var ofClaim = pattern.Lazy(`^\( -z %\{REMOTE_USER\} && -z %\{reqenv:OIDC-[A-Za-z0-9_-]+\} \) \|\| %\{reqenv:OIDC-[A-Za-z0-9_-]+\} == '[^'%\\$]*'( \|\| %\{reqenv:OIDC-aud\} -strmatch '\*"[^'"%\\$*?[]*"\*')?$`)

// httpdArgument is Quote without other expressions: mod_auth_openidc evaluates
// %{…} in the values of Require claim.
func httpdArgument(value string) (string, error) {
	if strings.Contains(strings.TrimPrefix(value, ofQuery), "%{") && !ofClaim().MatchString(value) {
		return "", fmt.Errorf("a value holds %%{, which httpd would evaluate as an expression")
	}
	return httpdconf.Quote(value)
}
