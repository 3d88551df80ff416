package effective

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// section is one <Directory>, <Location>, <Files> or <Proxy> with what it matches.
type section struct {
	command *httpdconf.Command
	kind    Kind
	path    string
	wild    bool // path is a pattern
	depth   int  // of a <Directory>: how many slashes
	matcher matcher

	shared *shared // of a pattern or an expression, which many requests meet; else nil
}

// answer is whether a section applies. unknown is for expressions that cannot be
// read here.
type answer int

const (
	no answer = iota
	yes
	unknown
)

// matcher is a regular expression; nil for none.
type matcher func(text string) answer

func newSection(c *httpdconf.Command, kind Kind) *section {
	s := &section{command: c, kind: kind}
	words := c.Argv()
	s.path = first(words)
	regex := strings.HasSuffix(c.Key(), "match")
	if s.path == "~" && len(words) > 1 && kind != Proxy {
		s.path, regex = words[1], true
	}
	if kind == Proxy && len(s.path) >= 6 && strings.EqualFold(s.path[:6], "proxy:") {
		s.path = s.path[6:]
	}
	if kind == Directory && s.path != "/" {
		if !regex {
			s.path = strings.TrimSuffix(httpdconf.CleanPath(s.path), "/") + "/"
		}
		s.depth = strings.Count(s.path, "/") // of expressions, too
	}
	if regex {
		s.matcher = compile(s.path)
	} else {
		s.wild = httpdconf.HasWildcard(s.path)
	}
	if s.matcher != nil || s.wild {
		s.share()
	}
	return s
}

// layer gives what the section says.
func (s *section) layer(certain bool) *Layer {
	switch {
	case s.shared == nil:
		return &Layer{Kind: s.kind, Section: s.command, Commands: children(s.command), Certain: certain}
	case certain:
		return s.shared.sure
	}
	return s.shared.unsure
}

// share keeps what a pattern or an expression says: many requests meet it.
func (s *section) share() {
	s.shared = newShared(Layer{Kind: s.kind, Section: s.command, Commands: children(s.command)})
}

// compile reads an expression of PCRE as far as that goes: dots match newlines,
// and $ only the very end, as httpd sets it.
func compile(expression string) matcher {
	if re, err := regexp.Compile("(?s)" + expression); err == nil {
		return func(text string) answer { return decided(re.MatchString(text)) }
	}
	re, err := regexp2.Compile(expression, regexp2.Singleline)
	if err != nil {
		return func(string) answer { return unknown }
	}
	re.MatchTimeout = 100 * time.Millisecond
	return func(text string) answer {
		ok, err := re.MatchString(text)
		if err != nil {
			return unknown
		}
		return decided(ok)
	}
}

func decided(ok bool) answer {
	if ok {
		return yes
	}
	return no
}

// ordered is ap_core_reorder_directories: by the number of slashes, expressions at
// the end; of the same number the main server's are in front.
func ordered(base, own []*section) []*section {
	all := append(append([]*section{}, base...), own...)
	slices.SortStableFunc(all, func(a, b *section) int {
		if (a.matcher == nil) != (b.matcher == nil) {
			if a.matcher == nil {
				return -1
			}
			return 1
		}
		return a.depth - b.depth
	})
	return all
}

// matchesURL is the test of ap_location_walk.
func (s *section) matchesURL(path string) answer {
	switch {
	case s.matcher != nil:
		return s.matcher(path)
	case s.wild:
		return decided(httpdconf.MatchPath(s.path, path))
	}
	return decided(covers(s.path, path))
}

func covers(prefix, path string) bool {
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || prefix == "" || strings.HasSuffix(prefix, "/") || rest[0] == '/')
}

// matchesDir is the test of ap_directory_walk. file is the whole path of a file,
// with a slash at the end if the file is taken as a folder, too.
func (s *section) matchesDir(file string) answer {
	switch {
	case s.matcher != nil:
		return s.matcher(strings.TrimSuffix(file, "/"))
	case s.depth == 0:
		return yes
	}
	prefix, ok := segments(file, s.depth)
	if !ok {
		return no
	}
	if s.wild {
		return decided(httpdconf.MatchPath(s.path, prefix))
	}
	return decided(s.path == prefix)
}

// segments gives a path up to its n-th slash.
func segments(path string, n int) (string, bool) {
	for i := range len(path) {
		if path[i] == '/' {
			if n--; n == 0 {
				return path[:i+1], true
			}
		}
	}
	return "", false
}

// matchesProxy is the test of proxy_walk in mod_proxy.c: without wildcards the
// beginning decides, slash or not.
func (s *section) matchesProxy(address string) answer {
	switch {
	case s.matcher != nil:
		return s.matcher(address)
	case s.wild:
		return decided(httpdconf.MatchText(s.path, address))
	}
	return decided(strings.HasPrefix(address, s.path))
}

// matchesFile is the test of ap_file_walk. name is the last segment of a path.
func (s *section) matchesFile(name string) answer {
	switch {
	case s.matcher != nil:
		return s.matcher(name)
	case s.wild:
		return decided(httpdconf.MatchPath(s.path, name))
	}
	return decided(s.path == name)
}
