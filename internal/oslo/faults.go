package oslo

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// fault is how a reason is told.
type fault struct{ slug, message, hint string }

// faultOf words a reason. What a line says is left out, since it may be a secret.
func faultOf(r Reason) fault {
	switch r {
	case NoAssignment:
		return fault{"oslo-no-assignment", "the line is no section, comment or assignment: it has neither '=' nor ':'", "write key = value, or put # in front"}
	case EmptyKey:
		return fault{"oslo-empty-key", "the assignment has no key in front of its '=' or ':'", "write key = value, or put # in front"}
	case Continuation:
		return fault{"oslo-continuation", "the line is indented, so it continues a value, but there is none directly above it", "remove the white space in front of the line"}
	case OpenSection:
		return fault{"oslo-section", "the section's header does not end with ']', behind which nothing may stand, no comment either", "end the line with ]"}
	case EmptySection:
		return fault{"oslo-section", "the section has no name", "[DEFAULT]"}
	case NoSection:
		return fault{"oslo-no-section", "the key stands before any section", "[DEFAULT]"}
	default:
		return fault{"oslo-encoding", "the file is not UTF-8 from here on, and the service reads nothing of it", "write the file as text in UTF-8"}
	}
}

// refuse tells why oslo.config does not take the file; number is the line it names.
// The finding may be changed up to the next one.
func (p *parser) refuse(reason Reason, number int, at finding.Range) *finding.Finding {
	told := faultOf(reason)
	if number > 0 && number != at.Start.Line {
		told.message += fmt.Sprintf(" (oslo.config names line %d)", number)
	}
	if p.file.Refused == nil {
		p.file.Refused = &Refusal{Reason: reason, Line: number}
	}
	p.found = append(p.found, finding.Finding{Slug: told.slug, Severity: finding.Error, Message: told.message, Hint: told.hint, At: at})
	return &p.found[len(p.found)-1]
}

// refuseLine tells of the first line of a block that is refused.
func (p *parser) refuseLine(reason Reason, l line, from int) {
	if !p.loose {
		p.refuse(reason, l.number, l.span(p.file.Path, from, len(l.text)))
		p.indented = 0
	}
	p.loose = true
}

// openHeader tells of a header without its end; a comment behind it can be moved.
func (p *parser) openHeader(l line, at finding.Range) {
	f := p.refuse(OpenSection, l.number, at)
	name, behind, closed := strings.Cut(l.text, "]")
	comment := strings.TrimLeftFunc(behind, isSpace)
	if !closed || name == "[" {
		return
	}
	f.Hint = name + "]"
	if comment != "" && isComment(comment) {
		gap := l.span(p.file.Path, len(name)+1, len(l.text)-len(comment))
		f.Fix = &finding.Fix{Title: "put the comment on a line of its own", Edits: []finding.Edit{{At: gap, Text: "\n"}}}
	}
}

// dedent mends a block of indented lines that are comments and nothing else. What
// other lines were to continue is for a person to say.
func (p *parser) dedent(l line, from int) {
	if p.indented == 0 {
		return
	}
	f := &p.found[p.indented-1]
	if !isComment(l.text[from:]) {
		f.Fix = nil
	}
	if f.Fix != nil {
		f.Fix.Edits = append(f.Fix.Edits, finding.Edit{At: l.span(p.file.Path, 0, from)})
	}
}

func isComment(text string) bool { return text[0] == '#' || text[0] == ';' }

// inShell quotes a path for a hint.
func inShell(path string) string { return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'" }
