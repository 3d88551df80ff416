package pysettings

import (
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// eval gives what an expression makes. It never fails: what is not known is an
// unknown object, and all that it touches is tainted.
func (r *runner) eval(n *node) *object {
	switch n.kind {
	case stringNode:
		return r.str(n)
	case numberNode:
		return r.literal(n.from)
	case constantNode:
		return scalar(map[string]any{"True": true, "False": false, "None": nil}[n.text])
	case nameNode:
		return r.name(n)
	case tupleNode, listNode:
		return r.sequence(n)
	case setNode:
		return r.set(n)
	case dictNode:
		return r.dict(n)
	case callNode:
		return r.call(n)
	case indexNode:
		return r.index(n)
	case unaryNode:
		return unary(n.text, r.eval(n.items[0]))
	case binaryNode:
		return r.binary(n)
	case ternaryNode:
		return r.ternary(n)
	}
	return r.foreign(n)
}

func (r *runner) ref(n *node) ref {
	return ref{r.range_(n.from, n.to), r.eval(n)}
}

// foreign gives up on an expression.
func (r *runner) foreign(n *node) *object {
	why := "only running the file can tell what the expression at " + r.range_(n.from, n.from).String() + " makes"
	r.scan(n.from, n.to, why)
	return unknown(why)
}

// undecided gives up on an operation with values that are known.
func undecided(why string, operands ...*object) *object {
	for _, o := range operands {
		if o.kind == Unknown || o.open != "" {
			why = o.open
			break
		}
	}
	for _, o := range operands {
		taint(o, why)
	}
	return unknown(why)
}

// name gives what a name stands for.
func (r *runner) name(n *node) *object {
	if !ascii(n.text) || reaching[n.text] {
		return r.foreign(n)
	}
	return r.scope.get(n.text)
}

// literal gives the value of one number or string.
func (r *runner) literal(i int) *object {
	if body, ok := verbatim(r.tokens[i].text); ok {
		return scalar(body)
	}
	v, err := python.LiteralEval(r.tokens[i].text, python.Default())
	if err != nil {
		return unknown("its value is not known: " + err.Error())
	}
	return scalar(v)
}

// verbatim gives the text of a string token that stands for itself, as most do.
func verbatim(s string) (string, bool) {
	if s[0] != '"' && s[0] != '\'' || strings.ContainsAny(s, "\\\r") {
		return "", false
	}
	width := quoteWidth(s)
	return s[width : len(s)-width], true
}

// str joins the strings that stand behind each other.
func (r *runner) str(n *node) *object {
	var text strings.Builder
	kinds := map[bool]bool{}
	for i := n.from; i < n.to; i++ {
		part := r.oneString(i)
		v, ok := part.plain()
		if !ok {
			return r.foreign(n)
		}
		octets, isBytes := v.(python.Bytes)
		kinds[isBytes] = true
		if s, ok := v.(string); ok {
			text.WriteString(s)
		}
		text.WriteString(string(octets))
	}
	switch {
	case len(kinds) > 1:
		return unknown("str and bytes do not mix")
	case kinds[true]:
		return scalar(python.Bytes(text.String()))
	}
	return scalar(text.String())
}

func (r *runner) oneString(i int) *object {
	if r.tokens[i].formatted() {
		return r.formatted(r.tokens[i])
	}
	return r.literal(i)
}

func (r *runner) sequence(n *node) *object {
	o := &object{kind: Tuple, items: make([]ref, len(n.items))}
	if n.kind == listNode {
		o.kind = List
	}
	for i, item := range n.items {
		o.items[i] = r.ref(item)
	}
	return o
}

// set leaves out what Python does. All members must be known.
func (r *runner) set(n *node) *object {
	o, there := &object{kind: Set}, map[string]bool{}
	for _, item := range n.items {
		member := r.ref(item)
		key, ok := hash(member.obj)
		if !ok {
			return undecided("a member of the set is not known, or unhashable", append(objects(o.items), member.obj)...)
		}
		if !there[key] {
			there[key] = true
			o.items = append(o.items, member)
		}
	}
	return o
}

func objects(refs []ref) []*object {
	out := make([]*object, len(refs))
	for i := range refs {
		out[i] = refs[i].obj
	}
	return out
}

// dict needs all keys; a value may be unknown.
func (r *runner) dict(n *node) *object {
	o, bad := &object{kind: Dict}, (*object)(nil)
	for i := 0; i < len(n.items); i += 2 {
		key, value := r.ref(n.items[i]), r.ref(n.items[i+1])
		if !o.put(key, value) {
			bad = key.obj
			taint(value.obj, "a key of the dict is not known, or unhashable")
		}
	}
	if bad != nil {
		return undecided("a key of the dict is not known, or unhashable", append(objects(o.items), bad)...)
	}
	return o
}

// call knows gettext and str.format.
func (r *runner) call(n *node) *object {
	function, arguments := n.items[0], n.items[1:]
	switch {
	case function.kind == nameNode && r.scope.get(function.text).gettext && len(arguments) == 1:
		o := r.eval(arguments[0])
		if text, ok := o.text(); ok {
			return &object{kind: Scalar, scalar: text, translated: true}
		}
	case function.kind == attributeNode && function.text == "format":
		if text, ok := r.eval(function.items[0]).text(); ok {
			if made, ok := r.format(text, arguments); ok {
				return made
			}
		}
	}
	return r.foreign(n)
}

// index takes an entry of a container.
func (r *runner) index(n *node) *object {
	of, key := r.eval(n.items[0]), r.eval(n.items[1])
	k, hashable := hash(key)
	i, isInt := key.integer()
	switch {
	case of.known(Dict) && hashable:
		if at, ok := of.index[k]; ok {
			return of.items[at].obj
		}
	case of.known(Tuple, List) && isInt && i.IsInt64():
		at := i.Int64()
		if at < 0 {
			at += int64(len(of.items))
		}
		if at >= 0 && at < int64(len(of.items)) {
			return of.items[at].obj
		}
	}
	return undecided("only running the file can tell what the entry at "+r.range_(n.from, n.from).String()+" is", of, key)
}

func (r *runner) ternary(n *node) *object {
	condition := r.eval(n.items[1])
	yes, known := truth(condition)
	switch {
	case !known:
		why := "only running the file can tell whether the condition at " + r.range_(n.items[1].from, n.items[1].from).String() + " holds"
		taint(condition, why)
		then, otherwise := r.eval(n.items[0]), r.eval(n.items[2])
		taint(then, why)
		taint(otherwise, why)
		return unknown(why)
	case yes:
		return r.eval(n.items[0])
	}
	return r.eval(n.items[2])
}
