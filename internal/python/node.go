package python

import "math/big"

type nodeKind int

const (
	constantNode nodeKind = iota
	unaryNode             // items: operand
	binaryNode            // items: left, right
	tupleNode
	listNode
	setNode
	dictNode     // items: key, value, key, value …
	emptySetNode // set()
	nameNode
	starredNode
	walrusNode
	foreignNode // any other expression
)

// node is an expression, as far as ast.literal_eval looks at it.
type node struct {
	kind  nodeKind
	value any    // of a constant
	text  string // a name, or the operator of unaryNode and binaryNode
	items []*node
	depth int  // of the tree below, which Python limits
	bare  bool // a name without parentheses around it
}

func newNode(kind nodeKind, items ...*node) *node {
	n := &node{kind: kind, items: items, depth: 1}
	for _, item := range items {
		n.depth = max(n.depth, item.depth+1)
	}
	return n
}

func constant(v any) *node { return &node{kind: constantNode, value: v, depth: 1} }

// unhashable reports a node that, as a key, makes a TypeError.
func (n *node) unhashable() bool {
	switch n.kind {
	case listNode, setNode, dictNode, emptySetNode:
		return true
	case tupleNode:
		for _, item := range n.items {
			if item.unhashable() {
				return true
			}
		}
	}
	return false
}

// overflows reports an int that may be no float.
func (n *node) overflows() bool {
	i, ok := n.value.(*big.Int)
	return ok && i.BitLen() > 1023 || n.kind == unaryNode && n.items[0].overflows()
}
