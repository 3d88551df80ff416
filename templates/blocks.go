package templates

// block is a piece with its markers in a file: whole lines, their newlines included.
type block struct {
	piece    string
	from, to int
}

// without gives the text that the blocks were merged into; it may be text itself.
func without(text []byte, blocks []block) []byte {
	if len(blocks) == 0 {
		return text
	}
	out, from := make([]byte, 0, len(text)), 0
	for _, b := range blocks {
		out = append(out, text[from:b.from]...)
		from = b.to
	}
	return append(out, text[from:]...)
}

// blanked gives a text of the same length and lines in which the blocks are blank, so that
// every place in it is that of the file.
func blanked(text []byte, blocks []block) []byte {
	out := append([]byte{}, text...)
	for _, b := range blocks {
		for i := b.from; i < b.to; i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
	}
	return out
}
