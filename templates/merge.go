package templates

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// merge lays our pieces into a file that somebody else keeps.
func (j *job) merge() error {
	a, err := j.adopt(nil)
	if a == nil {
		return err
	}
	m := merged{original: a.original(), pages: map[string]*httpdPage{}}
	in, err := m.pieces(j, a)
	if err != nil {
		return err
	}
	text, _ := in.into(m.original)
	j.fitted = []File{{Path: a.base.Target, Kind: Merged, Mode: 0o640, Owner: "root", Group: "root", Secret: true,
		Content: text, base: j.in.Base, readBack: m.proof}}
	return j.conclude(a, map[string][]byte{a.base.Name: text}, in)
}

// merged is a file with pieces of ours.
type merged struct {
	original []byte
	pages    map[string]*httpdPage // by piece
}

func (m *merged) pieces(j *job, a *adopted) (insertions, error) {
	host, end := a.places()
	server, err := m.piece(j, serverPiece, "beside", "")
	if err != nil {
		return nil, err
	}
	vhost, err := m.piece(j, vhostPiece, "within", "    ")
	if err != nil {
		return nil, err
	}
	return insertions{{a.inOriginal(host), a.newlines(server, host)}, {a.inOriginal(end), a.newlines(vhost, host)}}, nil
}

// piece makes the text of a piece with its markers.
func (m *merged) piece(j *job, piece, template, indent string) ([]byte, error) {
	page, err := j.httpdPage(template)
	if err != nil {
		return nil, err
	}
	m.pages[piece] = page
	var b bytes.Buffer
	b.WriteString(indent + beginLine(piece) + "\n")
	if err := page.fill(&b); err != nil {
		return nil, fmt.Errorf("httpd: %w", err)
	}
	text := append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
	return append(text, indent+endLine(piece)+"\n"...), nil
}

// proof holds the finished text against the original, byte by byte, and against what is meant
// between the markers.
func (m *merged) proof(text []byte) error {
	blocks, list := markers("", text)
	if len(list) > 0 || len(blocks) != 2 {
		return errors.New("the markers")
	}
	if !bytes.Equal(without(text, blocks), m.original) {
		return errors.New("outside of the markers it differs from the file that is merged into")
	}
	file, list := httpdconf.Parse("", text)
	if list.HasErrors() {
		return fmt.Errorf("line %d: %s", list[0].At.Start.Line, list[0].Message)
	}
	for piece, page := range m.pages {
		nodes, ok := between(file, file.Nodes, piece)
		if !ok {
			return fmt.Errorf("the markers of piece %s do not stand in one section", piece)
		}
		if err := page.reads(nodes); err != nil {
			return fmt.Errorf("piece %s: %w", piece, err)
		}
	}
	return nil
}

// between gives the nodes between the markers of a piece.
func between(file *httpdconf.File, nodes []*httpdconf.Node, piece string) ([]*httpdconf.Node, bool) {
	from := -1
	for i, n := range nodes {
		text := string(bytes.TrimSpace(file.Src[n.At.Start.Byte:n.At.End.Byte]))
		switch {
		case n.Kind == httpdconf.Comment && text == beginLine(piece):
			from = i + 1
		case n.Kind == httpdconf.Comment && text == endLine(piece) && from >= 0:
			return nodes[from:i], true
		}
		if found, ok := between(file, n.Children, piece); ok {
			return found, true
		}
	}
	return nil, false
}

// Unmerge gives a bundle that puts the file back as it was before anything was merged into it.
// Findings are about its markers; with one of them the Bundle is nil.
func Unmerge(b Base) (*Bundle, finding.List) {
	blocks, list := markers(b.Path, b.Text)
	if len(list) > 0 {
		return nil, list
	}
	original := without(b.Text, blocks)
	proof := func(text []byte) error {
		if !bytes.Equal(text, original) {
			return errOtherMeaning
		}
		return nil
	}
	file := File{Path: b.Target, Kind: Merged, Mode: 0o644, Owner: "root", Group: "root", Content: original, base: &b, readBack: proof}
	return &Bundle{Files: []File{file}}, nil
}
