package effective

import (
	"path"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// Kind says what a Layer is. The zero Kind is invalid.
type Kind int

// The kinds in the order in which httpd merges them.
const (
	Invalid Kind = iota
	MainServer
	VirtualHost
	Directory
	Files
	Proxy
	Location
	If
)

// String gives the kind as a section's name, in words for servers.
func (k Kind) String() string {
	return [...]string{"invalid", "main server", "virtual host", "Directory", "Files", "Proxy", "Location", "If"}[max(0, min(k, If))]
}

// Layer is what one section, or a server outside of <Directory> and <Location>,
// says about a request. Certain is false when only a running server can tell whether the
// section applies.
type Layer struct {
	Kind     Kind
	Section  *httpdconf.Command // nil for the main server
	Commands []*httpdconf.Command
	Certain  bool

	known *known // what was found out about Commands that many requests share; nil where they are not shared
}

// sure and unsure are a layer that many requests share, as it is where the section
// applies for certain, and where only a running server can tell.
type shared struct{ sure, unsure *Layer }

func newShared(l Layer) *shared {
	l.known = &known{}
	s := &shared{sure: &Layer{}, unsure: &Layer{}}
	*s.sure, *s.unsure = l, l
	s.sure.Certain, s.unsure.Certain = true, false
	return s
}

// Context is the layers of one request, in the order in which httpd merges them.
type Context struct {
	Server *Server
	Layers []*Layer
}

// Request is what sections are chosen by.
type Request struct {
	Path string // of the URL, decoded and without a query
	// File is the file that httpd finds for it, such as a WSGI script, absolute; ""
	// where there is none, as behind a proxy: no <Directory> or <Files> applies then.
	File string
	// PathInfo says that the URL goes on behind the file, as it does for most of what
	// a WSGI script answers. Without it, and with Options FollowSymLinks, httpd takes
	// the file itself for a <Directory>, too: <Directory /x/*> holds for /x/file.
	PathInfo bool
	// Proxy is the address that httpd passes the request on to, such as
	// http://127.0.0.1:5000/v3/auth: what ProxyPass names, with the rest of the path.
	// Where it is set, <Proxy> applies, and no <Directory> or <Files>.
	Proxy string
}

// At gathers the layers for a request.
func (s *Server) At(r Request) *Context {
	x := &Context{Server: s, Layers: make([]*Layer, 0, 4)}
	x.server(s)
	switch {
	case r.Proxy != "":
		x.walk(s.proxies, r.Proxy, (*section).matchesProxy)
	case r.File != "":
		x.file(r)
	}
	url := slashes(r.Path)
	for _, i := range s.locations().candidates(url) {
		x.add(s.urls[i], s.urls[i].matchesURL(url))
	}
	x.ifs()
	return x
}

// file adds the <Directory> and <Files> of a file.
func (x *Context) file(r Request) {
	file := r.File
	if !r.PathInfo {
		file += "/"
	}
	x.walk(x.Server.dirs, file, (*section).matchesDir)
	x.files(path.Base(r.File))
}

func (s *Server) locations() *index {
	s.indexed.Do(func() { s.index = newIndex(s.urls) })
	return s.index
}

// slashes makes one slash of several (ap_no2slash).
func slashes(url string) string {
	for strings.Contains(url, "//") {
		url = strings.ReplaceAll(url, "//", "/")
	}
	return url
}

func (x *Context) server(s *Server) {
	x.Layers = append(x.Layers, s.main.layer)
	if s.Command != nil {
		x.Layers = append(x.Layers, s.layer)
	}
}

func (x *Context) walk(sections []*section, text string, test func(*section, string) answer) {
	for _, s := range sections {
		x.add(s, test(s, text))
	}
}

func (x *Context) add(s *section, a answer) {
	if a != no {
		x.Layers = append(x.Layers, s.layer(a == yes))
	}
}

// files adds the <Files> of the layers so far (ap_file_walk).
func (x *Context) files(name string) {
	for _, l := range slices.Clone(x.Layers) {
		for _, c := range l.Commands {
			if c.Key() != "<files" && c.Key() != "<filesmatch" {
				continue
			}
			s := newSection(c, Files)
			a := s.matchesFile(name)
			if a == yes && !l.Certain {
				a = unknown
			}
			x.add(s, a)
		}
	}
}

// ifs adds the <If>s of the layers so far, and then those within them
// (ap_if_walk). Only `true` and `false` are decided here.
func (x *Context) ifs() {
	for from, to := 0, len(x.Layers); from < to; from, to = to, len(x.Layers) {
		before := no // what the condition in front of an <Else> came to
		for _, l := range x.Layers[from:to:to] {
			if !l.hasConditions() {
				continue
			}
			for _, c := range l.Commands {
				a, ok := condition(c, before)
				if !ok {
					continue
				}
				before = after(c, before)
				if a == yes && !l.Certain {
					a = unknown
				}
				x.add(&section{command: c, kind: If}, a)
			}
		}
	}
}

// condition decides a <If>, <ElseIf> or <Else>; ok is false for other commands.
func condition(c *httpdconf.Command, before answer) (a answer, ok bool) {
	switch c.Key() {
	case "<if":
		return expression(c), true
	case "<elseif":
		if before == yes {
			return no, true
		}
		if a = expression(c); a == yes && before == unknown {
			a = unknown
		}
		return a, true
	case "<else":
		return [...]answer{no: yes, yes: no, unknown: unknown}[before], true
	}
	return no, false
}

// after is what an <Else> behind a condition has to know: whether one of those in
// front held.
func after(c *httpdconf.Command, before answer) answer {
	a := expression(c)
	if c.Key() == "<elseif" && before != no && a != yes {
		return before
	}
	return a
}

func expression(c *httpdconf.Command) answer {
	switch first(c.Argv()) {
	case "true":
		return yes
	case "false":
		return no
	}
	return unknown
}
