package python

import "unicode/utf8"

// cut gives as much of a text as the precision leaves, and its characters.
func (s spec) cut(text string) (string, int) {
	count := 0
	for i := range text {
		if count == s.precision {
			return text[:i], count
		}
		count++
	}
	return text, count
}

// size gives the bytes that append will add.
func (s spec) size(text string) int {
	text, count := s.cut(text)
	pad := max(s.width-count, 0)
	if pad > maxResult {
		return pad
	}
	return len(text) + pad*utf8.RuneLen(s.fill)
}

func (s spec) append(dst []byte, text string) []byte {
	text, count := s.cut(text)
	left, right := s.padding(count)
	dst = appendFill(dst, s.fill, left)
	dst = append(dst, text...)
	return appendFill(dst, s.fill, right)
}

// padding is calc_padding.
func (s spec) padding(count int) (left, right int) {
	pad := max(s.width-count, 0)
	switch s.align {
	case '>':
		left = pad
	case '^':
		left = pad / 2
	}
	return left, pad - left
}

func appendFill(dst []byte, fill rune, count int) []byte {
	for range count {
		dst = utf8.AppendRune(dst, fill)
	}
	return dst
}
