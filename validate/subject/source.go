package subject

import (
	"bytes"
	"strings"
)

// Raw gives the text of a file that was read, by the name that the user knows; nil
// for any other.
func (s *Site) Raw(path string) []byte {
	if src, ok := s.sources[path]; ok {
		return src
	}
	for _, t := range s.Trees {
		if src, ok := t.source(path); ok {
			return src
		}
	}
	for _, f := range s.Folders {
		for _, e := range f.Entries {
			if e.Show == path {
				return e.Src
			}
		}
	}
	return nil
}

// Mentioning gives the files whose text has a word in it, each by the name that the
// user knows. It copies nothing, and looks at each file once: they may be large, and
// many.
func (s *Site) Mentioning(word string) []string {
	var out []string
	for path, src := range s.sources {
		if bytes.Contains(src, []byte(word)) {
			out = append(out, path)
		}
	}
	for _, t := range s.Trees {
		for _, source := range t.Conf.Sources {
			if strings.Contains(source.Text, word) {
				out = append(out, source.Show)
			}
		}
	}
	for _, f := range s.Folders {
		for _, e := range f.Entries {
			if bytes.Contains(e.Src, []byte(word)) {
				out = append(out, e.Show)
			}
		}
	}
	return out
}

// Size gives how much text was read, in bytes: of httpd's configuration, and of all
// other files.
func (s *Site) Size() (httpd, other int64) {
	for _, t := range s.Trees {
		for _, source := range t.Conf.Sources {
			httpd += int64(len(source.Text))
		}
	}
	for _, src := range s.sources {
		other += int64(len(src))
	}
	for _, f := range s.Folders {
		for _, e := range f.Entries {
			other += int64(len(e.Src))
		}
	}
	return httpd, other
}
