package python

import (
	"math"
	"math/big"
)

// convert is _convert of Lib/ast.py. Items are converted and put into their
// container one by one, and the first error ends it.
func (n *node) convert() (any, error) {
	switch n.kind {
	case constantNode:
		return n.value, nil
	case tupleNode:
		items, err := convertAll(n.items)
		return Tuple(items), err
	case listNode:
		items, err := convertAll(n.items)
		return List(items), err
	case setNode, emptySetNode:
		return n.convertSet()
	case dictNode:
		return n.convertDict()
	case unaryNode, binaryNode:
		return n.number()
	}
	return nil, errMalformed
}

func convertAll(nodes []*node) ([]any, error) {
	out := make([]any, len(nodes))
	for i, n := range nodes {
		var err error
		if out[i], err = n.convert(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (n *node) convertSet() (any, error) {
	items := make([]any, 0, len(n.items))
	for _, item := range n.items {
		v, err := item.convert()
		if err != nil {
			return nil, err
		}
		if _, err := Key(v); err != nil {
			return nil, err
		}
		items = append(items, v)
	}
	return NewSet(items...)
}

func (n *node) convertDict() (any, error) {
	d := &Dict{}
	for i := 0; i < len(n.items); i += 2 {
		key, err := n.items[i].convert()
		if err != nil {
			return nil, err
		}
		value, err := n.items[i+1].convert()
		if err != nil {
			return nil, err
		}
		if err := d.Put(key, value); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// number is _convert's last part: a signed number, or a real one and an imaginary
// one.
func (n *node) number() (any, error) {
	if n.kind == binaryNode && (n.text == "+" || n.text == "-") {
		left, leftErr := n.items[0].signed()
		right, rightErr := n.items[1].unsigned()
		if c, ok := right.(complex128); ok && leftErr == nil && rightErr == nil {
			return sum(left, c, n.text)
		}
		return nil, errMalformed
	}
	return n.signed()
}

func (n *node) unsigned() (any, error) {
	if n.kind == constantNode {
		switch n.value.(type) {
		case *big.Int, float64, complex128:
			return n.value, nil
		}
	}
	return nil, errMalformed
}

func (n *node) signed() (any, error) {
	if n.kind != unaryNode || n.text == "~" {
		return n.unsigned()
	}
	v, err := n.items[0].unsigned()
	if err != nil || n.text == "+" {
		return v, err
	}
	switch v := v.(type) {
	case *big.Int:
		return new(big.Int).Neg(v), nil
	case float64:
		return -v, nil
	case complex128:
		return complex(-real(v), -imag(v)), nil
	}
	return nil, errMalformed
}

// sum adds as Python does: a real operand becomes a complex number first.
func sum(left any, right complex128, op string) (any, error) {
	var re float64
	switch v := left.(type) {
	case float64:
		re = v
	case *big.Int:
		if re, _ = new(big.Float).SetInt(v).Float64(); math.IsInf(re, 0) {
			return nil, raise("OverflowError", "int too large to convert to float")
		}
	default:
		return nil, errMalformed
	}
	if op == "+" {
		return complex(re+real(right), 0+imag(right)), nil
	}
	return complex(re-real(right), 0-imag(right)), nil
}
