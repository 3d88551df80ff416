package python

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
)

// Repr is repr(v). A set is written in the order it has here; where it holds more
// than one member, Python's own order is left to chance. An int of more than 4300
// digits is written too, where Python raises a ValueError. A Go value that is none
// of Python's is written as fmt does it.
func Repr(v any, ver Version) string {
	return string(appendRepr(nil, v, ver))
}

func appendRepr(dst []byte, v any, ver Version) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, "None"...)
	case bool:
		return appendBool(dst, v)
	case *big.Int:
		return v.Append(dst, 10)
	case float64:
		return appendFloat(dst, v, true)
	case complex128:
		return appendComplex(dst, v)
	case string:
		return appendString(dst, v, ver, false)
	case Bytes:
		return appendBytes(dst, v)
	case Ellipsis:
		return append(dst, "Ellipsis"...)
	}
	return appendContainer(dst, v, ver)
}

func appendContainer(dst []byte, v any, ver Version) []byte {
	switch v := v.(type) {
	case List:
		return append(appendItems(append(dst, '['), v, ver), ']')
	case Tuple:
		dst = appendItems(append(dst, '('), v, ver)
		if len(v) == 1 {
			dst = append(dst, ',')
		}
		return append(dst, ')')
	case Set:
		if len(v) == 0 {
			return append(dst, "set()"...)
		}
		return append(appendItems(append(dst, '{'), v, ver), '}')
	case *Dict:
		return appendDict(dst, v, ver)
	}
	return fmt.Append(dst, v)
}

func appendItems(dst []byte, items []any, ver Version) []byte {
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendRepr(dst, item, ver)
	}
	return dst
}

func appendDict(dst []byte, d *Dict, ver Version) []byte {
	dst = append(dst, '{')
	for i := range d.keys {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(appendRepr(dst, d.keys[i], ver), ": "...)
		dst = appendRepr(dst, d.values[i], ver)
	}
	return append(dst, '}')
}

// appendStrings is the repr of a list of strings.
func appendStrings(dst []byte, list []string, ver Version, ascii bool) []byte {
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendString(dst, s, ver, ascii)
	}
	return append(dst, ']')
}

func appendBool(dst []byte, b bool) []byte {
	if b {
		return append(dst, "True"...)
	}
	return append(dst, "False"...)
}

// appendFloat writes the shortest text that reads back as f, with an exponent
// below 1e-4 and from 1e16 on (format_float_short of Python/pystrtod.c).
func appendFloat(dst []byte, f float64, dot bool) []byte {
	switch text := strconv.FormatFloat(f, 'g', -1, 64); text {
	case "NaN":
		return append(dst, "nan"...)
	case "+Inf":
		return append(dst, "inf"...)
	case "-Inf":
		return append(dst, "-inf"...)
	}
	if a := max(f, -f); a != 0 && (a < 1e-4 || a >= 1e16) {
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	begin := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	if dot && !hasByte(dst[begin:], '.') {
		dst = append(dst, ".0"...)
	}
	return dst
}

func hasByte(text []byte, want byte) bool {
	for _, b := range text {
		if b == want {
			return true
		}
	}
	return false
}

// appendComplex leaves a real part of +0 away (complex_repr of
// Objects/complexobject.c).
func appendComplex(dst []byte, c complex128) []byte {
	if re := real(c); re == 0 && !math.Signbit(re) {
		return append(appendFloat(dst, imag(c), false), 'j')
	}
	dst = appendFloat(append(dst, '('), real(c), false)
	if im := imag(c); !math.Signbit(im) || math.IsNaN(im) {
		dst = append(dst, '+')
	}
	return append(appendFloat(dst, imag(c), false), "j)"...)
}
