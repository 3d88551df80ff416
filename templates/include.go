package templates

import (
	"bytes"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// stub stands in our files while it is looked for who includes them.
const stub = "UseCanonicalName On\n"

// include makes two files that a vhost includes which somebody else keeps.
func (j *job) include() error {
	server, vhost := j.platform.Layout.Includes()
	var a *adopted
	if j.in.Base != nil {
		var err error
		if a, err = j.adopt(map[string][]byte{j.inTree(server): []byte(stub), j.inTree(vhost): []byte(stub)}); a == nil {
			return err
		}
	} else {
		j.fit = fit{widensFields: true, ownProcesses: j.platform.Layout.UWSGI == ""}
	}
	if err := j.includedFiles(server, vhost); err != nil {
		return err
	}
	if a != nil {
		a.leftBehind()
	}
	lines, err := includeLines(j.inTree(server), j.inTree(vhost))
	if err != nil || a == nil {
		j.byHand(lines)
		return err
	}
	in := j.placeLines(a, lines)
	return j.conclude(a, map[string][]byte{j.inTree(server): j.fitted[0].Content, j.inTree(vhost): j.fitted[1].Content}, in)
}

func (j *job) includedFiles(server, vhost string) error {
	for _, f := range []struct{ path, piece string }{{server, "beside"}, {vhost, "within"}} {
		page, err := j.httpdPage(f.piece)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := page.fill(&b); err != nil {
			return fmt.Errorf("httpd: %w", err)
		}
		text := append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
		j.fitted = append(j.fitted, File{Path: f.path, Kind: HTTPD, Mode: 0o640, Owner: "root", Group: "root", Secret: true, Content: text, readBack: page.verify})
	}
	return nil
}

// includeLine is the line that includes one of the files, and where it belongs.
type includeLine struct {
	path, text string
	vhost      bool // in the vhost, else outside of all
}

func includeLines(server, vhost string) ([]includeLine, error) {
	lines := []includeLine{{path: server}, {path: vhost, vhost: true}}
	for i := range lines {
		quoted, err := httpdconf.Quote(lines[i].path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", lines[i].path, err)
		}
		lines[i].text = "Include " + quoted
		if lines[i].vhost {
			lines[i].text = "    " + lines[i].text
		}
	}
	return lines, nil
}

func (l includeLine) where(listen string) string {
	if l.vhost {
		return "as the last line of the virtual host for " + listen
	}
	return "outside of every virtual host, in front of the one for " + listen
}

// byHand says which lines to add where the file is not at hand.
func (j *job) byHand(lines []includeLine) {
	for _, l := range lines {
		j.bundle.ByHand = append(j.bundle.ByHand, fmt.Sprintf("%s, add: %s", l.where(j.listen()), l.text))
	}
}

// placeLines finds the two Includes, and says of those that are missing where they are to stand.
func (j *job) placeLines(a *adopted, lines []includeLine) insertions {
	var in insertions
	for _, l := range lines {
		readings := a.readings(l.path)
		for _, c := range readings {
			if right := c.Parent() == nil && !l.vhost || c.Parent() == a.host.Command && l.vhost; !right {
				a.find("include-place", includeOf(c), "this file is to be included "+l.where(j.listen())+", and nowhere else", "move the line there")
			}
		}
		if len(readings) == 0 {
			in = append(in, j.missing(a, l))
		}
	}
	return in
}

// missing is a line that is not there yet.
func (j *job) missing(a *adopted, l includeLine) insertion {
	at, end := a.places()
	if l.vhost {
		at = end
	}
	line, _, _ := bytes.Cut(a.text[at:], []byte("\n"))
	j.bundle.ByHand = append(j.bundle.ByHand, fmt.Sprintf("%s, in front of line %d (%s), add: %s",
		a.base.Path, 1+bytes.Count(a.text[:at], []byte("\n")), finding.Printable(string(bytes.TrimSpace(line))), l.text))
	return insertion{a.inOriginal(at), a.newlines([]byte(l.text+"\n"), at)}
}

// leftBehind finds pieces of layout merge: beside the files, they would stand there twice.
func (a *adopted) leftBehind() {
	for _, b := range a.blocks {
		at := finding.Range{Path: a.base.Path, Start: a.fileAt(b.from), End: a.fileAt(b.to)}
		a.find("merge-markers", at, "this piece is of layout merge", "fedstone render --unmerge, while the description says layout: merge")
		return
	}
}

// readings are the stubs that were read for a file of ours.
func (a *adopted) readings(path string) []*httpdconf.Command {
	var out []*httpdconf.Command
	for c := range a.tree.All() {
		if s := c.Unit().Source; s != nil && s.Path == path {
			out = append(out, c)
		}
	}
	return out
}

// includeOf is the place of the Include that brought a command.
func includeOf(c *httpdconf.Command) finding.Range {
	if chain := c.Chain(); len(chain) > 0 {
		return chain[0].At
	}
	return c.At()
}
