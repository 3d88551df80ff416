package pysettings

import (
	"math"
	"math/big"
	"math/cmplx"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// Results beyond these sizes are left undecided, as is all once maxEffort is spent,
// so that a small file cannot make much of itself.
const (
	maxText   = 16 << 10 // bytes of a computed str
	maxItems  = 4096     // of a computed tuple or list
	maxBits   = 1024     // of a computed int
	maxEffort = 32 << 20 // bytes looked at and made by operators
)

// spend accounts for the effort that operands and result have taken.
func (s *scope) spend(operands ...*object) bool {
	for _, o := range operands {
		text, _ := o.text()
		s.effort += 16 + len(text) + 64*len(o.items)
	}
	return s.effort <= maxEffort
}

// truth tells whether Python takes a value for true, where that is known.
func truth(o *object) (yes, known bool) {
	if o.known(Tuple, List, Set, Dict) {
		return len(o.items) > 0, true
	}
	v, ok := o.plain()
	switch v := v.(type) {
	case nil:
		return false, ok
	case bool:
		return v, true
	case string:
		return v != "", true
	case python.Bytes:
		return v != "", true
	case *big.Int:
		return v.Sign() != 0, true
	case float64:
		return v != 0, true
	}
	return false, false
}

func unary(operator string, o *object) *object {
	if operator == "not" {
		if yes, known := truth(o); known {
			return scalar(!yes)
		}
		return undecided("its truth is not known", o)
	}
	v, _ := o.plain()
	switch v := v.(type) {
	case *big.Int:
		return scalar(new(big.Int).Neg(v))
	case float64:
		return scalar(-v)
	}
	return undecided("its negative is not known", o)
}

func (r *runner) binary(n *node) *object {
	a := r.eval(n.items[0])
	if n.text == "and" || n.text == "or" {
		return r.logic(n, a)
	}
	b := r.eval(n.items[1])
	var out *object
	if r.scope.spend(a, b) {
		out = operate(n.text, a, b)
	}
	if out == nil || !r.scope.spend(out) {
		return undecided("only running the file can tell what the expression at "+r.range_(n.from, n.from).String()+" makes", a, b)
	}
	return out
}

// operate applies an operator, or gives nil.
func operate(operator string, a, b *object) *object {
	switch operator {
	case "+":
		return add(a, b)
	case "-", "*":
		return calculate(operator, a, b)
	case "%":
		return percent(a, b)
	}
	return compare(operator, a, b)
}

// logic evaluates the second operand only if Python does.
func (r *runner) logic(n *node, a *object) *object {
	yes, known := truth(a)
	if known && yes == (n.text == "or") {
		return a
	}
	b := r.eval(n.items[1])
	if known {
		return b
	}
	return undecided("its truth is not known", a, b)
}

// add is +, or nil.
func add(a, b *object) *object {
	if s, ok := a.text(); ok {
		t, ok := b.text()
		if !ok || len(s)+len(t) > maxText {
			return nil
		}
		return scalar(s + t)
	}
	if (a.known(Tuple) && b.known(Tuple) || a.known(List) && b.known(List)) && len(a.items)+len(b.items) <= maxItems {
		return &object{kind: a.kind, items: append(append([]ref{}, a.items...), b.items...)}
	}
	return calculate("+", a, b)
}

// addTo is +=, which a list takes up in place.
func (r *runner) addTo(a, b *object) *object {
	if r.scope.spend(b) && a.known(List) && b.known(List, Tuple) && len(a.items)+len(b.items) <= maxItems {
		a.items = append(a.items, b.items...)
		return a
	}
	var sum *object
	if !a.known(List) && r.scope.spend(a, b) {
		sum = add(a, b)
	}
	if sum == nil {
		return undecided("only running the file can tell what is added", a, b)
	}
	return sum
}

// calculate does sums of ints, or gives nil.
func calculate(operator string, a, b *object) *object {
	x, ok := a.integer()
	y, also := b.integer()
	if !ok || !also || x.BitLen()+y.BitLen() > maxBits {
		return nil
	}
	out := new(big.Int)
	switch operator {
	case "+":
		out.Add(x, y)
	case "-":
		out.Sub(x, y)
	case "*":
		out.Mul(x, y)
	}
	return scalar(out)
}

// compare compares plain scalars, and looks them up in containers; or nil.
func compare(operator string, a, b *object) *object {
	operator, not := strings.CutPrefix(strings.Replace(operator, "!=", "not ==", 1), "not ")
	if operator == "is not" {
		operator, not = "is", true
	}
	holds, known := false, false
	switch operator {
	case "==":
		holds, known = equal(a, b)
	case "in":
		holds, known = contains(b, a)
	case "is":
		holds, known = same(a, b)
	}
	if !known {
		return nil
	}
	return scalar(holds != not)
}

// equal leaves aside what is not equal to itself.
func equal(a, b *object) (yes, known bool) {
	x, ok := hash(a)
	y, also := hash(b)
	if !ok || !also || a.kind == Tuple || b.kind == Tuple || nan(a) || nan(b) {
		return false, false
	}
	return x == y, true
}

func nan(o *object) bool {
	switch v := o.scalar.(type) {
	case float64:
		return math.IsNaN(v)
	case complex128:
		return cmplx.IsNaN(v)
	}
	return false
}

func contains(in, o *object) (yes, known bool) {
	if s, ok := in.text(); ok {
		part, ok := o.text()
		return strings.Contains(s, part), ok
	}
	members := in.items
	if in.known(Dict) {
		members = in.keys
	}
	known = in.known(Tuple, List, Set, Dict) && len(members) <= maxItems
	for _, m := range members {
		one, ok := equal(m.obj, o)
		yes, known = yes || one, known && ok
	}
	return yes, known
}

// same is for the constants only, of which there is one each.
func same(a, b *object) (yes, known bool) {
	x, ok := a.plain()
	y, also := b.plain()
	if !ok || !also {
		return false, false
	}
	for _, v := range []any{x, y} {
		switch v.(type) {
		case nil, bool:
			return x == y, true
		}
	}
	return false, false
}
