package python

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Depths of JSON: up to safeDepth every Python reads it, wherever it is called
// from; beyond unsafeDepth none does.
const (
	safeDepth   = 500
	unsafeDepth = 12_000
)

// JSON is json.loads of a str: NaN and Infinity are numbers, and of two equal
// keys the last one's value stays. Objects are *Dict. An *Exception is a
// JSONDecodeError, a ValueError (an int of more than 4300 digits) or a
// RecursionError. An *Undecidable is told for lone surrogates, and for a depth
// that is too much for some Pythons or some callers only.
func JSON(s string) (any, error) {
	if strings.HasPrefix(s, "\ufeff") {
		return nil, raise("JSONDecodeError", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)")
	}
	j := &jsonReader{src: s}
	v, err := j.document()
	if err == nil {
		err = j.open
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// jsonReader is Modules/_json.c.
type jsonReader struct {
	src   string
	at    int
	depth int
	deep  bool  // Python may have given up on the depth
	open  error // the value cannot be told
}

func (j *jsonReader) document() (any, error) {
	j.blanks()
	v, err := j.value()
	if err != nil {
		return nil, err
	}
	j.blanks()
	if j.at < len(j.src) {
		return nil, j.fail("Extra data", j.at)
	}
	return v, nil
}

// fail gives the message with line, column and character as Python counts them.
func (j *jsonReader) fail(message string, at int) error {
	before := j.src[:min(at, len(j.src))]
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	err := raise("JSONDecodeError", "%s: line %d column %d (char %d)", message, line, column, utf8.RuneCountInString(before))
	if j.deep {
		return j.open
	}
	return err
}

func (j *jsonReader) blanks() {
	for j.at < len(j.src) && strings.IndexByte(" \t\n\r", j.src[j.at]) >= 0 {
		j.at++
	}
}

func (j *jsonReader) peek() byte {
	if j.at < len(j.src) {
		return j.src[j.at]
	}
	return 0
}

func (j *jsonReader) accept(text string) bool {
	if !strings.HasPrefix(j.src[j.at:], text) {
		return false
	}
	j.at += len(text)
	return true
}

func (j *jsonReader) value() (any, error) {
	switch c := j.peek(); {
	case c == '"':
		return j.text()
	case c == '{' || c == '[':
		return j.container(c)
	case c == '-' && j.accept("-Infinity"):
		return math.Inf(-1), nil
	case c == '-' || c >= '0' && c <= '9':
		return j.number()
	}
	return j.constant()
}

func (j *jsonReader) constant() (any, error) {
	switch {
	case j.accept("null"):
		return nil, nil
	case j.accept("true"):
		return true, nil
	case j.accept("false"):
		return false, nil
	case j.accept("NaN"):
		return math.NaN(), nil
	case j.accept("Infinity"):
		return math.Inf(1), nil
	}
	return nil, j.fail("Expecting value", j.at)
}

// container goes one level deeper.
func (j *jsonReader) container(c byte) (any, error) {
	j.at++
	j.depth++
	defer func() { j.depth-- }()
	switch {
	case j.depth > unsafeDepth:
		return nil, raise("RecursionError", "maximum recursion depth exceeded while decoding a JSON document")
	case j.depth > safeDepth:
		j.deep, j.open = true, undecidable("JSON of a depth that is too much for some Pythons only")
	}
	if c == '{' {
		return j.object()
	}
	return j.list()
}
