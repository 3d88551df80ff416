package oslo

import "github.com/fedstone/fedstone/internal/finding"

// File is one configuration file.
type File struct {
	Path     string
	Sections []Section // one for each header, in order; equal names are not joined
	Comments []Comment
	Refused  *Refusal // the first thing oslo.config stops at; nil if it takes the file
	// NotASCII is the first character that Python cannot read where the locale is C
	// and its UTF-8 mode is off, as under mod_wsgi; zero if there is none.
	NotASCII finding.Range
}

// Section is one header and what follows it.
type Section struct {
	Name   string        // between the brackets, as it stands
	At     finding.Range // the header with its brackets
	Values []Value
}

// Value is one assignment.
type Value struct {
	Section string
	Key     string
	// Text is what oslo.config keeps: without the quotes around it, continued
	// lines without their indentation, joined by line feeds. References are not
	// replaced.
	Text  string
	KeyAt finding.Range
	// At is the value as written, with quotes, up to the end of its last line. It
	// is empty and stands at the end of the line where nothing is assigned.
	At finding.Range
}

// Comment is a line that begins with # or ;.
type Comment struct {
	Text string // behind the sign and white space
	At   finding.Range
}

// Refusal is what oslo.config raises (oslo_config/iniparser.py).
type Refusal struct {
	Reason Reason
	// Line counts as oslo.config does, for which a carriage return alone ends a
	// line, too. A key before any section is noticed lines later, where its value
	// ends. It is 0 if the file cannot be decoded.
	Line int
}

// Reason is why a file is refused, in oslo.config's words.
type Reason string

// The reasons, and NotUTF8 for the UnicodeDecodeError of Python.
const (
	NoAssignment Reason = "No ':' or '=' found in assignment"
	EmptyKey     Reason = "Key cannot be empty"
	Continuation Reason = "Unexpected continuation line"
	OpenSection  Reason = "Invalid section (must end with ])"
	EmptySection Reason = "Empty section name"
	NoSection    Reason = "Section must be started before assignment"
	NotUTF8      Reason = "codec can't decode byte"
)
