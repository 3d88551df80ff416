package python

import (
	"fmt"
	"math/big"
)

func raise(class, format string, args ...any) *Exception {
	return &Exception{Class: class, Message: fmt.Sprintf(format, args...)}
}

func undecidable(format string, args ...any) *Undecidable {
	return &Undecidable{Reason: fmt.Sprintf(format, args...)}
}

// typeName is the name that Python's messages give to the value's type.
func typeName(v any) string {
	switch v.(type) {
	case nil:
		return "NoneType"
	case bool:
		return "bool"
	case *big.Int:
		return "int"
	case float64:
		return "float"
	case complex128:
		return "complex"
	case string:
		return "str"
	case Bytes:
		return "bytes"
	case List:
		return "list"
	case Tuple:
		return "tuple"
	case Set:
		return "set"
	case *Dict:
		return "dict"
	case Ellipsis:
		return "ellipsis"
	}
	return fmt.Sprintf("%T", v)
}
