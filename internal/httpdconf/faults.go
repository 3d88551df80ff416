package httpdconf

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
)

// maxLine is the longest logical line httpd reads, in bytes, without its newline
// (VARBUF_MAX_LEN in server/config.c).
const maxLine = 16<<20 - 1

func (p *parser) unclosed(n, by *Node) {
	message := fmt.Sprintf("section <%s> is never closed", n.Name)
	if by != nil {
		message = fmt.Sprintf("section <%s> is still open where </%s> stands", n.Name, by.Name)
	}
	f := finding.Finding{
		Slug: "httpd-unclosed-section", Severity: finding.Error, At: n.At,
		Message: message, Hint: fmt.Sprintf("close it: </%s>", n.Name),
	}
	if by != nil {
		f.Related = []finding.Related{{Message: "the closing tag of an outer section", At: by.At}}
	}
	p.found = append(p.found, f)
}

func (p *parser) stray(n *Node) {
	p.report(finding.Error, "httpd-stray-closing-tag", n.At,
		fmt.Sprintf("</%s> closes nothing: no section <%s> is open here", n.Name, n.Name), "remove the line, or open the section before it")
}

func (p *parser) noBracket(n *Node) {
	p.report(finding.Error, "httpd-missing-bracket", n.At,
		fmt.Sprintf("section <%s has no closing '>' on its line", n.Name), "end the opening tag with >")
}

func (p *parser) noClosingBracket(n *Node) {
	p.report(finding.Error, "httpd-missing-bracket", n.At,
		fmt.Sprintf("closing tag </%s has no '>' directly after its name", n.Name), fmt.Sprintf("</%s>", n.Name))
}

func (p *parser) behindOpening(n *Node) {
	p.report(finding.Warning, "httpd-text-after-tag", n.At,
		fmt.Sprintf("httpd drops what stands behind the last '>' of <%s …>", n.Name), "put it on a line of its own, a comment with # in front")
}

func (p *parser) behindClosing(n *Node) {
	p.report(finding.Error, "httpd-text-after-tag", n.At,
		fmt.Sprintf("text stands behind </%s>: where its condition holds httpd does not see the section's end", n.Name), fmt.Sprintf("</%s>", n.Name))
}

func (p *parser) openQuote(at finding.Range) {
	p.report(finding.Warning, "httpd-open-quote", at,
		"the quote is never closed; httpd takes all up to the end of the line as one argument", "close the quote")
}

func (p *parser) nameless(at finding.Pos) {
	p.report(finding.Warning, "httpd-empty-name", p.point(at), "the line begins with an empty word, and httpd passes over it", "remove the line, or write the directive's name")
}

func (p *parser) nul(at finding.Pos) {
	p.report(finding.Error, "httpd-nul-byte", p.point(at), "the line holds a NUL byte; httpd drops it and what stands behind it", "remove the byte; is this a text file?")
}

func (p *parser) tooLong(at finding.Pos) {
	p.report(finding.Error, "httpd-line-too-long", p.point(at), "the line, with its continuations, is longer than the 16 777 215 bytes that httpd reads", "make it several directives")
}

func (p *parser) point(at finding.Pos) finding.Range {
	return finding.Range{Path: p.file.Path, Start: at, End: at}
}
