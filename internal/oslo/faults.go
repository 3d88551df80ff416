package oslo

import (
	"fmt"

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
		return fault{"oslo-continuation", "the line is indented, so it continues a value, but there is none above it", "remove the white space in front of the line"}
	case OpenSection:
		return fault{"oslo-section", "the section's header does not end with ']'; nothing may stand behind it, no comment either", "[section]"}
	case EmptySection:
		return fault{"oslo-section", "the section has no name", "[DEFAULT]"}
	case NoSection:
		return fault{"oslo-no-section", "the key stands before any section", "[DEFAULT]"}
	default:
		return fault{"oslo-encoding", "the file is not UTF-8 from here on, and the service reads nothing of it", "iconv -f latin1 -t utf-8 FILE > FILE.utf8"}
	}
}

// refuse tells why oslo.config does not take the file; number is the line it names.
func (p *parser) refuse(reason Reason, number int, at finding.Range) {
	p.report(faultOf(reason), Refusal{Reason: reason, Line: number}, at)
}

// refuseLine tells of the first line of a block that is refused.
func (p *parser) refuseLine(reason Reason, l line, from int) {
	if !p.loose {
		p.refuse(reason, l.number, l.span(p.file.Path, from, len(l.text)))
	}
	p.loose = true
}

func (p *parser) refuseMark(reason Reason, number int, at finding.Range) {
	p.report(fault{
		"oslo-encoding", "the file begins with a byte order mark, which oslo.config takes for the first character of a key",
		`sed -i '1s/^\xef\xbb\xbf//' FILE`,
	}, Refusal{Reason: reason, Line: number}, at)
}

func (p *parser) report(f fault, r Refusal, at finding.Range) {
	if r.Line > 0 && r.Line != at.Start.Line {
		f.message += fmt.Sprintf(" (oslo.config names line %d)", r.Line)
	}
	p.found = append(p.found, finding.Finding{Slug: f.slug, Severity: finding.Error, Message: f.message, Hint: f.hint, At: at})
	if p.file.Refused == nil {
		p.file.Refused = &r
	}
}
