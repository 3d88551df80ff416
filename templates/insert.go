package templates

import (
	"bytes"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// insertion is text that is laid into a file: whole lines at the beginning of a line.
type insertion struct {
	at   int // in the original
	text []byte
}

// insertions are in the order of their places.
type insertions []insertion

// into gives the original with all of them, and where they came to lie.
func (in insertions) into(original []byte) (out []byte, lie []block) {
	from := 0
	for _, i := range in {
		out = append(out, original[from:i.at]...)
		lie = append(lie, block{from: len(out), to: len(out) + len(i.text)})
		out = append(out, i.text...)
		from = i.at
	}
	return append(out, original[from:]...), lie
}

// back turns a place behind the insertions into one of the original.
func (in insertions) back(at int) int {
	for _, i := range in {
		if at < i.at+len(i.text) {
			break
		}
		at -= len(i.text)
	}
	return at
}

// newlines writes a text with the line ends that the file has around a place.
func (a *adopted) newlines(text []byte, at int) []byte {
	end := bytes.IndexByte(a.text[at:], '\n')
	if end > 0 && a.text[at+end-1] == '\r' {
		return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return text
}

// places are the beginnings of the lines in front of which ours stand: that of the vhost, and
// that of its closing tag.
func (a *adopted) places() (host, end int) {
	return lineStart(a.text, a.host.Command.At().Start.Byte), lineStart(a.text, a.host.Command.EndAt().Start.Byte)
}

// inFile turns a range of the finished text into one of the file as it is.
func (a *adopted) inFile(in insertions, at finding.Range) finding.Range {
	if at.Path != a.base.Path {
		return at
	}
	return finding.Range{Path: at.Path, Start: a.pos(in.back(at.Start.Byte)), End: a.pos(in.back(at.End.Byte))}
}

// pos gives a place of the original as one of the file.
func (a *adopted) pos(at int) finding.Pos {
	for _, b := range a.blocks {
		if at >= b.from {
			at += b.to - b.from
		}
	}
	return a.fileAt(at)
}

// fileAt gives a place of the file by its byte.
func (a *adopted) fileAt(at int) finding.Pos {
	start := lineStart(a.base.Text, at)
	return finding.Pos{Line: 1 + bytes.Count(a.base.Text[:at], []byte("\n")), Column: 1 + utf8.RuneCount(a.base.Text[start:at]), Byte: at}
}

// judge asks the finished configuration about the paths. finished are the texts of the files
// that differ from the tree's, the base's among them.
func (a *adopted) judge(finished map[string][]byte, in insertions, paths []string) error {
	text, lie := in.into(a.original())
	if _, ok := finished[a.base.Name]; !ok {
		finished[a.base.Name] = text
	}
	_, config, err := a.load(finished)
	if err != nil {
		return err
	}
	j := judge{adopted: a, told: map[*httpdconf.Command]bool{}, at: func(r finding.Range) finding.Range { return a.inFile(in, r) }}
	j.ours = func(c *httpdconf.Command) bool {
		source := c.Unit().Source
		switch {
		case source == nil:
			return false
		case source.Path == a.base.Name:
			return inside(lie, c.At().Start.Byte)
		}
		return finished[source.Path] != nil
	}
	start := a.inOriginal(a.host.Command.At().Start.Byte)
	for _, h := range config.Hosts {
		if a.inBase(h.Command) && in.back(h.Command.At().Start.Byte) == start {
			j.host = h
		}
	}
	if j.host != nil {
		j.paths(paths)
	}
	return nil
}

func inside(blocks []block, at int) bool {
	for _, b := range blocks {
		if at >= b.from && at < b.to {
			return true
		}
	}
	return false
}
