package mapping

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// duplicate is a key that stands twice in one object of a JSON text.
type duplicate struct {
	key         string
	first, last finding.Range
}

// duplicates reads a JSON text for keys that its objects have twice. The engine
// keeps what counts only. A text that is no JSON has none.
func duplicates(path string, src []byte) []duplicate {
	s := &keys{path: path, src: src, decoder: json.NewDecoder(bytes.NewReader(src))}
	s.decoder.UseNumber()
	if s.value() != nil {
		return nil
	}
	return s.found
}

type keys struct {
	path    string
	src     []byte
	decoder *json.Decoder
	found   []duplicate
}

func (s *keys) value() error {
	token, err := s.decoder.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		return s.object()
	case json.Delim('['):
		for s.decoder.More() {
			if err := s.value(); err != nil {
				return err
			}
		}
		_, err = s.decoder.Token()
	}
	return err
}

func (s *keys) object() error {
	seen := map[string]int{} // the byte behind each key
	for s.decoder.More() {
		token, err := s.decoder.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		end := int(s.decoder.InputOffset())
		if first, twice := seen[key]; twice {
			s.found = append(s.found, duplicate{key, s.at(first), s.at(end)})
		}
		seen[key] = end
		if err := s.value(); err != nil {
			return err
		}
	}
	_, err := s.decoder.Token()
	return err
}

// at gives the place of a key that ends at a byte.
func (s *keys) at(end int) finding.Range {
	start := bytes.LastIndexByte(s.src[:end-1], '"')
	for start > 0 && s.src[start-1] == '\\' { // no key of Keystone's ends in a backslash
		start = bytes.LastIndexByte(s.src[:start], '"')
	}
	return finding.Range{Path: s.path, Start: s.pos(start), End: s.pos(end)}
}

func (s *keys) pos(at int) finding.Pos {
	before := s.src[:at]
	line := bytes.LastIndexByte(before, '\n') + 1
	return finding.Pos{Line: 1 + bytes.Count(before, []byte("\n")), Column: 1 + utf8.RuneCount(before[line:]), Byte: at}
}
