package httpdconf

// Walk visits nodes in the order of the file, a section before its children.
// parents are the sections around the node, outermost first; the slice is good
// for the one call. When visit gives false, a section's children are left out.
func Walk(nodes []*Node, visit func(parents []*Node, n *Node) bool) {
	walk(nodes, visit, func(*Node) {})
}

// walk is Walk, and calls leave behind the children of each section. It keeps a
// stack of its own: sections may be nested a hundred thousand deep.
func walk(nodes []*Node, visit func([]*Node, *Node) bool, leave func(*Node)) {
	var parents []*Node
	levels := [][]*Node{nodes}
	for len(levels) > 0 {
		top := len(levels) - 1
		if len(levels[top]) == 0 {
			levels = levels[:top]
			if top > 0 {
				leave(parents[top-1])
				parents = parents[:top-1]
			}
			continue
		}
		n := levels[top][0]
		levels[top] = levels[top][1:]
		enter := visit(parents, n)
		if n.Kind != Section {
			continue
		}
		if !enter {
			leave(n)
			continue
		}
		parents, levels = append(parents, n), append(levels, n.Children)
	}
}

// Bytes writes the tree. For a File from Parse it gives exactly its Src.
func (f *File) Bytes() []byte {
	out := make([]byte, 0, len(f.Src))
	visit := func(_ []*Node, n *Node) bool {
		out = append(out, n.text...)
		return true
	}
	walk(f.Nodes, visit, func(n *Node) { out = append(out, n.endText...) })
	return out
}
