package python

import "sort"

//go:generate go run generate.go

// span is a run of characters that have a property in some versions of Unicode,
// one bit each: 1 is 13.0, 2 is 14.0, 4 is 15.0, 8 is 15.1.
type span struct {
	lo, hi   rune
	versions uint8
}

const allVersions = 15

// unicodeOf gives the bit of the Unicode version that a Python has built in
// (Include of unicodedata: Modules/unicodedata_db.h).
func unicodeOf(v Version) uint8 {
	switch {
	case v.AtLeast(13):
		return 8
	case v.AtLeast(12):
		return 4
	case v.AtLeast(11):
		return 2
	}
	return 1
}

// find gives the span that holds a character, or none with no versions.
func find(table []span, r rune) span {
	i := sort.Search(len(table), func(i int) bool { return table[i].hi >= r })
	if i < len(table) && table[i].lo <= r {
		return table[i]
	}
	return span{}
}

func has(table []span, r rune, v Version) bool {
	return find(table, r).versions&unicodeOf(v) != 0
}

func isPrintable(r rune, v Version) bool {
	if r < 0x80 {
		return r >= ' ' && r < 0x7f
	}
	return has(printable, r, v)
}

// Decimal gives the value of a decimal digit of any script, as \d and str.format
// take it. Only digits that every Python from 3.9 on knows are counted.
func Decimal(r rune) (int, bool) {
	digit, versions := decimal(r)
	return digit, versions == allVersions
}

// decimal gives a digit's value and the Unicode versions that know it.
func decimal(r rune) (int, uint8) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), allVersions
	}
	if r < 0x80 {
		return 0, 0
	}
	s := find(decimals, r)
	return int(r-s.lo) % 10, s.versions
}

func isNameStart(r rune, v Version) bool {
	if r < 0x80 {
		return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return has(nameStart, r, v)
}

func isNamePart(r rune, v Version) bool {
	if r < 0x80 {
		return isNameStart(r, v) || r >= '0' && r <= '9'
	}
	return has(namePart, r, v)
}
