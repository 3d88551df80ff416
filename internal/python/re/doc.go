// Package re answers what Python's re.search(pattern, string) answers, for str patterns without a flags argument, on
// CPython 3.9 to 3.13: is there a match, and if the pattern is refused, with which exception. Keystone's mapping engine
// asks nothing else of re.
//
// A pattern takes three steps. The parser reads it as CPython's re/_parser.py does and raises the same errors. The
// resolver applies flags, so that what is left are sets of characters from the Unicode data of that Python release,
// and their arrangement. Then whoever is quickest answers: comparison of strings for plain words, Go's regexp for
// regular languages on which Python cannot hang, regexp2 for the rest.
//
// It promises: the answer is Python's, or it is a *python.Undecidable. Search never runs much longer than the limit
// given to Compile.
//
// It may import internal/python and regexp2.
package re
