package re

// run is characters, all there since Python 3.since.
type run struct {
	lo, hi rune
	since  int
}

// letters are every step-th character from first to last, whose lower case is shift away.
type letters struct {
	first, last, step, shift rune
	since                    int
}

// chars is what the characters are in one release of Python.
type chars struct{ minor int }

func (c chars) of(table []run) set {
	spans := make([]span, 0, len(table))
	for _, r := range table {
		if r.since <= c.minor {
			spans = append(spans, span{r.lo, r.hi})
		}
	}
	return setFrom(spans)
}

// category gives \d, \s or \w, of ASCII alone when asked so (SRE_CATEGORY_… in CPython's Modules/_sre/sre.c).
func (c chars) category(it item, asciiOnly bool) set {
	table := map[itemKind][]run{itemDigit: digitTable, itemSpace: spaceTable, itemWord: wordTable}[it.kind]
	out := c.of(table)
	if asciiOnly {
		out = out.and(ascii).without(asciiSeparators(it.kind))
	}
	if it.not {
		out = out.negated()
	}
	return out
}

// asciiSeparators are the spaces that only str.isspace knows: U+001C to U+001F.
func asciiSeparators(kind itemKind) set {
	if kind == itemSpace {
		return set{{0x1C, 0x1F}}
	}
	return nil
}
