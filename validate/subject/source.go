package subject

import (
	"bytes"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
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

// Source gives a text as it may be shown: what may be a secret is made of stars, and
// every place stays where it is.
func (s *Site) Source(path string) []byte {
	src := s.Raw(path)
	if src == nil {
		return nil
	}
	return Masked(src)
}

// Masked gives a text as it may be shown, see Site.Source.
func Masked(src []byte) []byte {
	var out bytes.Buffer
	hidden := false // the line before goes on in this one, and holds a secret
	for line := range bytes.Lines(src) {
		name, rest := key(line)
		if hidden = hidden || secret(name) && !harmless(name, rest); hidden {
			out.Write(line[:len(line)-len(rest)])
			out.Write(stars(rest))
		} else {
			out.Write(line)
		}
		hidden = hidden && bytes.HasSuffix(bytes.TrimRight(line, "\r\n"), []byte(`\`))
	}
	return out.Bytes()
}

// key parts a line behind the first word, which names what the rest is.
func key(line []byte) (name string, rest []byte) {
	start := len(line) - len(bytes.TrimLeft(line, " \t\"'{,-"))
	end := start + len(line[start:])
	if i := bytes.IndexAny(line[start:], " \t=:\"'"); i >= 0 {
		end = start + i
	}
	return string(line[start:end]), line[end:]
}

// secret reports whether what a word names is a secret, in any of the files.
func secret(name string) bool {
	switch strings.ToLower(name) {
	case "connection", "transport_url", "admin_token", "registration_token", "access_token", "refresh_token", "id_token":
		return true
	}
	return httpdconf.Secret(name)
}

// harmless reports whether a line of httpd's whose arguments may hold a secret
// holds none.
func harmless(name string, rest []byte) bool {
	words := bytes.Fields(bytes.ToLower(rest))
	switch strings.ToLower(name) {
	case "header", "requestheader":
		return bytes.Contains(rest, []byte("unset"))
	case "proxypass", "proxypassmatch", "balancermember":
		return !bytes.ContainsAny(rest, "@") && !bytes.Contains(rest, []byte("secret="))
	case "wsgidaemonprocess":
		return true
	case "oauth2tokenverify":
		return len(words) > 0 && (bytes.Equal(words[0], []byte("jwks_uri")) || bytes.Equal(words[0], []byte("metadata")))
	}
	return false
}

// stars hides a text, but for what frames it.
func stars(text []byte) []byte {
	return bytes.Map(func(c rune) rune {
		if c <= ' ' || strings.ContainsRune(`=:"',{}[]\`, c) {
			return c
		}
		return '*'
	}, text)
}
