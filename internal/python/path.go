package python

import "strings"

// name is field_name_split and FieldNameIterator_next.
func (p *markup) name(s string) *field {
	first, path := s, ""
	if i := strings.IndexAny(s, ".["); i >= 0 {
		first, path = s[:i], s[i:]
	}
	f := &field{index: -1, name: first}
	if f.index, f.fails = integer(first); f.fails == nil {
		f.fails = p.number(f)
	}
	f.path = steps(path)
	return f
}

// number keeps {} and {1} apart and counts the former.
func (p *markup) number(f *field) error {
	if f.name != "" && f.index < 0 {
		return nil
	}
	kind := byNumber
	if f.name == "" {
		kind = byPlace
	}
	switch {
	case p.numbering == byPlace && kind == byNumber:
		return raise("ValueError", "cannot switch from automatic field numbering to manual field specification")
	case p.numbering == byNumber && kind == byPlace:
		return raise("ValueError", "cannot switch from manual field specification to automatic field numbering")
	}
	if p.numbering = kind; kind == byPlace {
		f.index = p.automatic
		p.automatic++
	}
	p.named = append(p.named, f.index)
	return nil
}

// steps reads a path up to its end or its first error.
func steps(s string) []step {
	var out []step
	for s != "" {
		next, rest := oneStep(s)
		out, s = append(out, next), rest
		if next.fails != nil {
			break
		}
	}
	return out
}

func oneStep(s string) (next step, rest string) {
	switch s[0] {
	case '.':
		end := strings.IndexAny(s[1:], ".[") + 1
		if end == 0 {
			end = len(s)
		}
		next, rest = step{attribute: true, name: s[1:end], index: -1}, s[end:]
	case '[':
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return step{fails: raise("ValueError", "Missing ']' in format string")}, ""
		}
		next, rest = step{name: s[1:end]}, s[end+1:]
		next.index, next.fails = integer(next.name)
	default:
		return step{fails: raise("ValueError", "Only '.' or '[' may follow ']' in format field specifier")}, ""
	}
	if next.fails == nil && next.name == "" {
		next.fails = raise("ValueError", "Empty attribute in format string")
	}
	return next, rest
}

const maxSsize = 1<<63 - 1

// integer is get_integer: the value of decimal digits of any script, or -1 for
// any other text.
func integer(s string) (int, error) {
	if s == "" {
		return -1, nil
	}
	n, recent := 0, false
	for _, r := range s {
		digit, versions := decimal(r)
		if versions == 0 {
			return -1, nil
		}
		recent = recent || versions != allVersions
		if n > (maxSsize-digit)/10 {
			return -1, raise("ValueError", "Too many decimal digits in format string")
		}
		n = n*10 + digit
	}
	if recent {
		return -1, undecidable("%q are digits to Python 3.12 and letters to those before", s)
	}
	return n, nil
}
