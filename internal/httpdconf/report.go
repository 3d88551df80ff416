package httpdconf

import "github.com/fedstone/fedstone/internal/finding"

// maxRemarks is how many findings that are no errors are kept.
const maxRemarks = 10000

// report keeps a finding. Of errors, the first is where httpd stops.
func (l *loader) report(severity finding.Severity, slug string, at spot, message, hint string, related ...finding.Related) {
	f, kept := l.tell(severity, slug, at, message, hint, related...)
	if !kept || severity != finding.Error {
		return
	}
	if l.tree.Refused == nil {
		l.tree.Refused = &Refusal{Finding: f, Unit: at.unit, Line: int(at.number)}
	}
	l.limit(at)
}

// tell keeps a finding of something that does not stop httpd.
func (l *loader) tell(severity finding.Severity, slug string, at spot, message, hint string, related ...finding.Related) (f finding.Finding, kept bool) {
	switch remark := severity != finding.Error; {
	case remark && len(l.found) > maxRemarks:
		return f, false
	case remark && len(l.found) == maxRemarks:
		severity, slug, message, hint = finding.Info, "httpd-more-remarks", "there are more remarks like those before; they are left out", ""
	}
	f = finding.Finding{Slug: slug, Severity: severity, At: place(at.unit, at.from, at.to, at.start), Message: message, Hint: hint}
	f.Related = append(related, at.unit.chain()...)
	l.found = append(l.found, f)
	return f, true
}

// limit ends the reading after so many errors.
func (l *loader) limit(at spot) {
	if l.errors++; l.errors == l.opt.MaxErrors {
		l.stopped = true
		l.report(finding.Info, "httpd-more-errors", at, "reading ends here, after so many errors", "")
	}
}

// fault reports an error at a command.
func (l *loader) fault(s *Site, slug, message, hint string) {
	l.report(finding.Error, slug, s.spot(), message, hint)
}

func (l *loader) warn(s *Site, slug, message, hint string) {
	l.report(finding.Warning, slug, s.spot(), message, hint)
}

// guess tells, once a place, what could not be known.
func (l *loader) guess(s *Site, message string) {
	at := s.At()
	if !l.told[at.String()] && len(l.told) < maxKnown {
		l.told[at.String()] = true
		l.report(finding.Info, "httpd-assumed", s.spot(), message, "")
	}
}

func (l *loader) guessModule(s *Site, name string) {
	if !l.told[name] && len(l.told) < maxKnown {
		l.told[name] = true
		l.report(finding.Info, "httpd-assumed", s.spot(), "nothing here loads module "+named(name)+"; taken as loaded elsewhere", "")
	}
}

// spend takes from what may be read; false and a finding when it is used up.
func (l *loader) spend(by *Site, n int64) bool {
	l.bytes += n
	if l.bytes <= l.opt.MaxBytes && l.files <= l.opt.MaxFiles {
		return !l.stopped
	}
	if by != nil && !l.stopped {
		l.tooMany(&by.Command)
	}
	l.stopped = true
	return false
}

// tooNested ends the reading: httpd's stack would not be enough.
func (l *loader) tooNested(c *Command) {
	l.report(finding.Error, "httpd-too-much", c.spot(), "sections are nested more than 15 000 deep; httpd crashes", "close them: is a generator's loop without an end?")
	l.stopped = true
}

// tooMany ends the reading: nobody's configuration is so large.
func (l *loader) tooMany(c *Command) {
	l.report(finding.Error, "httpd-too-much", c.spot(), "here the configuration exceeds what is read: its files, with repetitions, are too many or too large",
		"does a file include itself, or a pattern match too much?")
	l.stopped = true
}
