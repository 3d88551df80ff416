package python

import (
	"math"
	"math/big"
	"strconv"
)

// Key gives a text that is the same for two values exactly if Python holds them
// for the same key of a dict or member of a set: 1 == 1.0 == True. All NaN are
// one, as the same object is in Python. The error is the TypeError of an
// unhashable value.
func Key(v any) (string, error) {
	key, err := appendKey(nil, v)
	return string(key), err
}

// appendKey writes each value with its kind and, where needed, its length, so
// that no two different values are written alike.
func appendKey(dst []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(dst, 'N'), nil
	case Ellipsis:
		return append(dst, 'E'), nil
	case bool:
		if v {
			return append(dst, "i1;"...), nil
		}
		return append(dst, "i0;"...), nil
	case string:
		return appendText(dst, 's', v), nil
	case Bytes:
		return appendText(dst, 'b', string(v)), nil
	case *big.Int:
		return appendIntKey(dst, v), nil
	case float64:
		return appendFloatKey(dst, v), nil
	case complex128:
		return appendComplexKey(dst, v), nil
	case Tuple:
		return appendTupleKey(dst, v)
	}
	return dst, raise("TypeError", "unhashable type: '%s'", typeName(v))
}

func appendText(dst []byte, kind byte, s string) []byte {
	dst = append(strconv.AppendInt(append(dst, kind), int64(len(s)), 10), ':')
	return append(dst, s...)
}

func appendTupleKey(dst []byte, t Tuple) ([]byte, error) {
	dst = append(dst, '(')
	for _, item := range t {
		var err error
		if dst, err = appendKey(dst, item); err != nil {
			return dst, err
		}
	}
	return append(dst, ')'), nil
}

// appendFloatKey writes a whole number as the int it equals.
func appendFloatKey(dst []byte, f float64) []byte {
	if f == math.Trunc(f) && !math.IsInf(f, 0) {
		whole, _ := big.NewFloat(f).Int(nil)
		return appendIntKey(dst, whole)
	}
	return append(strconv.AppendFloat(append(dst, 'f'), f, 'g', -1, 64), ';')
}

func appendComplexKey(dst []byte, c complex128) []byte {
	if imag(c) == 0 {
		return appendFloatKey(dst, real(c))
	}
	return appendFloatKey(appendFloatKey(append(dst, 'c'), real(c)), imag(c))
}

// appendIntKey writes in base 16, which takes linear time.
func appendIntKey(dst []byte, i *big.Int) []byte {
	return append(i.Append(append(dst, 'i'), 16), ';')
}
