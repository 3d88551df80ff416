package httpdconf

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// onRead are the sections that httpd decides while it reads. It looks for their
// end as a whole line, so that nothing may stand behind the closing tag.
var onRead = [...]string{"ifmodule", "ifdefine", "ifversion", "iffile", "ifdirective", "ifsection"}

// closing reads a closing tag. It closes the innermost section of its name, also
// over sections that were left open, so that one mistake does not spoil the rest.
func (p *parser) closing(n *Node, tag string, more bool) {
	n.Name = strings.TrimSuffix(tag[2:], ">")
	if !strings.HasSuffix(tag, ">") {
		p.noClosingBracket(n)
	}
	if p.open[fold(n.Name)] == 0 {
		n.Kind = Stray
		p.stray(n)
		p.add(n)
		return
	}
	for !equalFold(p.top().Name, n.Name) {
		p.unclosed(p.pop(), n)
	}
	if more && isOnRead(n.Name) {
		p.behindClosing(n)
	}
	section := p.pop()
	section.End, section.endText = n.At, n.text
}

func isOnRead(name string) bool {
	for _, s := range onRead {
		if equalFold(s, name) {
			return true
		}
	}
	return false
}

func (p *parser) top() *Node { return p.stack[len(p.stack)-1] }

func (p *parser) pop() *Node {
	n := p.top()
	p.stack = p.stack[:len(p.stack)-1]
	p.open[fold(n.Name)]--
	return n
}

// finish reports the sections that the end of the file leaves open.
func (p *parser) finish() {
	for len(p.stack) > 0 {
		p.unclosed(p.pop(), nil)
	}
}

func (p *parser) report(severity finding.Severity, slug string, at finding.Range, message, hint string) {
	p.found = append(p.found, finding.Finding{Slug: slug, Severity: severity, At: at, Message: message, Hint: hint})
}
