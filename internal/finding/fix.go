package finding

// Fix mends a finding mechanically: its edits, taken together, make the finding
// go away. It is made whole or not at all. The zero Fix changes nothing.
//
// Title says in the imperative what the fix does, such as "quote the value".
type Fix struct {
	Title string
	Edits []Edit
}

// Edit replaces the bytes At.Start.Byte (included) to At.End.Byte (not included)
// of the file At.Path by Text. An insertion has an empty range. The bytes decide;
// lines and columns are for reports, which tell them where they are known.
//
// Reports show Text, so that it is UTF-8 and holds no secret: what mends a line
// around a secret is inserted before and after it.
type Edit struct {
	At   Range
	Text string
}

// Fixes gives the fixes of the list in its order, each once.
func (l List) Fixes() []*Fix {
	var fixes []*Fix
	seen := map[*Fix]bool{}
	for _, f := range l {
		if f.Fix != nil && !seen[f.Fix] {
			seen[f.Fix] = true
			fixes = append(fixes, f.Fix)
		}
	}
	return fixes
}
