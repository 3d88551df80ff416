package finding

// Fix mends a finding mechanically: its edits, taken together, make the finding
// go away. The zero Fix changes nothing.
//
// Title says in the imperative what the fix does, such as "quote the value".
type Fix struct {
	Title string
	Edits []Edit
}

// Edit replaces the bytes At.Start.Byte (included) to At.End.Byte (not included)
// of the file At.Path by Text. An insertion has an empty range. Lines and
// columns of At are for the reader; the bytes decide.
type Edit struct {
	At   Range
	Text string
}
