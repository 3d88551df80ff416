package httpdconf

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

var errMainPath = errors.New("httpd configuration: the main file's path is longer than 4096 bytes")

func mainError(name string, err error) error {
	return fmt.Errorf("httpd configuration: cannot read the main file %s: %s", name, reason(err))
}

// ShownName is how messages show a name that the user wrote, such as a directive's:
// as it stands, unless it does not look like one. The text of a file that is no
// configuration, or a line of a secret, must not get into a message.
func ShownName(name string) string { return named(name) }

// named shows a name of the user's, unless it is none: the text of a file that is
// no configuration must not get into a message.
func named(name string) string {
	ok := len(name) > 0 && len(name) <= 64 && !strings.ContainsFunc(name, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("_-.<", r)
	})
	if !ok {
		return "(a name of other characters)"
	}
	return name
}

// spot is a line that something is to be said about. number is httpd's.
type spot struct {
	unit   *Unit
	from   int32
	to     int32
	start  int32
	number int32
}

func (r *read) spot() spot    { return spot{r.unit, r.from, r.to, r.start, r.number} }
func (c *Command) spot() spot { return spot{c.unit, c.from, c.to, c.start, c.number} }

// nulByte is an error at which httpd does not stop: it loses text without a word.
func (b *builder) nulByte(r *read) {
	b.tell(finding.Error, "httpd-nul-byte", r.spot(), "the line holds a NUL byte; httpd drops it and what stands behind it", "remove the byte; is this a text file?")
	b.limit(r.spot())
}

func (b *builder) longLine(r *read) {
	b.report(finding.Error, "httpd-line-too-long", r.spot(), "the line, with its continuations, is longer than the 16 777 215 bytes that httpd reads", "make it several directives")
}

func (b *builder) undefined(r *read, name string) {
	b.report(finding.Warning, "httpd-undefined-variable", r.spot(),
		"${"+named(name)+"} is not defined here; httpd leaves it as it stands", "Define "+named(name)+" …, in a line above, or in httpd's environment")
}

func (b *builder) strayTag(r *read, name string) {
	b.report(finding.Error, "httpd-stray-closing-tag", r.spot(),
		fmt.Sprintf("</%s> closes nothing: no section is open here", named(name)), "remove the line, or open the section before it")
}

func (b *builder) openTag(r *read, name string) {
	b.report(finding.Error, "httpd-missing-bracket", r.spot(),
		fmt.Sprintf("closing tag </%s has no '>' directly after its name", named(name)), "write the closing tag without spaces, with > at its end")
}

func (b *builder) wrongTag(r *read, name string, open *Command) {
	b.report(finding.Error, "httpd-unclosed-section", r.spot(),
		fmt.Sprintf("</%s> stands where section <%s> is still open", named(name), named(open.Name)), fmt.Sprintf("close it first: </%s>", named(open.Name)), finding.Related{Message: "the section that is open", At: open.At()})
}

// unclosedSection is told at the outermost of the sections, as httpd does. Within
// a condition httpd does not notice.
func (b *builder) unclosedSection(open []*Command, unnoticed bool) {
	severity := finding.Error
	if unnoticed {
		severity = finding.Warning
	}
	var related []finding.Related
	for _, c := range open[1:min(len(open), 10)] {
		related = append(related, finding.Related{Message: "and this one in it", At: c.At()})
	}
	inner := named(open[len(open)-1].Name)
	b.report(severity, "httpd-unclosed-section", open[0].spot(), fmt.Sprintf("section <%s> is never closed", named(open[0].Name)),
		fmt.Sprintf("close it: </%s>", inner), related...)
}

func (b *builder) unclosedCondition(c *Command) {
	b.report(finding.Warning, "httpd-unclosed-section", c.spot(), fmt.Sprintf("section <%s> is never closed; httpd accepts that while its condition holds", c.Name),
		fmt.Sprintf("close it: </%s>", c.Name))
}

// endless is told at the opening tag of what httpd looked for the end of.
func (b *builder) endless(s *Site) {
	b.fault(s, "httpd-unclosed-section", fmt.Sprintf("section <%s> is never closed", s.Name), fmt.Sprintf("close it: </%s>", s.Name))
}

func (b *builder) wrongSoaked(s *Site, r *read, name, open string) {
	b.report(finding.Error, "httpd-unclosed-section", s.spot(),
		fmt.Sprintf("in <%s>, which is passed over, </%s> stands where <%s> is open", s.Name, named(name), named(open)),
		"close the sections in their order; the closing tag is a line of its own", finding.Related{Message: "the closing tag", At: r.at()})
}

func (b *builder) noBracketAt(s *Site) {
	b.fault(s, "httpd-missing-bracket", fmt.Sprintf("section <%s has no closing '>' on its line", s.Name), "end the opening tag with >")
}

func (b *builder) noCondition(s *Site) {
	b.fault(s, "httpd-empty-condition", fmt.Sprintf("<%s> says not what it asks for", s.Name), fmt.Sprintf("<%s NAME>", s.Name))
}

func (b *builder) behindTag(s *Site) {
	b.warn(s, "httpd-text-after-tag", fmt.Sprintf("httpd drops what stands behind the last '>' of <%s …>", s.Name), "put it on a line of its own, a comment with # in front")
}

func (b *builder) badVersion(s *Site, problem string) {
	b.fault(s, "httpd-bad-version-test", problem, "<IfVersion >= 2.4.10>")
}

func (b *builder) wrongCount(s *Site, least, most int) {
	want := fmt.Sprintf("%d", most)
	if least != most {
		want = fmt.Sprintf("%d to %d", least, most)
	}
	b.fault(s, "httpd-argument-count", fmt.Sprintf("%s takes %s arguments, none of them empty", s.Name, want), "put an argument that holds spaces in quotes")
}

// colon refuses a name that httpd keeps for RewriteMap.
func (b *builder) colon(s *Site, name string) bool {
	if !strings.Contains(name, ":") {
		return false
	}
	b.fault(s, "httpd-variable-name", "the name of a variable must not hold a colon", "choose another name")
	return true
}

func (b *builder) noFolder(s *Site) {
	b.fault(s, "httpd-no-folder", s.Name+" names no folder", "create it, or name the right one")
}

func (b *builder) isBuiltIn(s *Site, symbol string) {
	b.fault(s, "httpd-module-built-in", "module "+named(symbol)+" is built into httpd, and httpd refuses to load it again", "remove the line, or put it in <IfModule !"+builtIn(symbol)+">")
}

func (b *builder) loadedTwice(s *Site, symbol string) {
	b.warn(s, "httpd-module-twice", "module "+named(symbol)+" is loaded already; httpd skips the line", "remove the line")
}

func (b *builder) tooDeep(s *Site) {
	b.fault(s, "httpd-include-depth", "files include files more than 128 deep: there is a cycle", "remove the Include that leads back")
	b.stopped = true
}

func (l *loader) badInclude(s *Site, problem string) {
	l.fault(s, "httpd-include-path", "cannot include: "+problem, "")
}

func (l *loader) noMatch(s *Site, pattern, dir string) {
	l.fault(s, "httpd-include-missing", fmt.Sprintf("nothing in %s matches %s", l.show(dir), finding.Printable(pattern)), "IncludeOptional, if it may be so")
}

// missing tells why a file or folder cannot be included.
func (l *loader) missing(s *Site, name string, err error) {
	switch {
	case errors.Is(err, ErrOutside):
		l.warn(s, "httpd-include-outside", "the file lies outside of the tree that is at hand; what it says is not known: "+finding.Printable(name), "give the tool the whole tree, as in DIR/etc/httpd")
	case errors.Is(err, errTooLarge):
		l.fault(s, "httpd-include-too-large", l.show(name)+" is larger than what is read here", "is it a configuration file?")
	default:
		l.fault(s, "httpd-include-missing", "cannot include "+l.show(name)+": "+reason(err), "IncludeOptional, if the file may be missing")
	}
}

func (l *loader) show(name string) string { return finding.Printable(l.opt.Files.Show(name)) }

func (b *builder) badMacro(s *Site, problem string) {
	b.fault(s, "httpd-bad-macro", problem, "<Macro Name $first $second>")
}

func (b *builder) macroTwice(s *Site, name string) {
	b.warn(s, "httpd-macro-twice", "macro "+named(name)+" is defined already; from here on this definition counts", "UndefMacro "+named(name)+" before it, if it is meant so")
}

func (b *builder) unusedParam(s *Site, param string) {
	b.warn(s, "httpd-macro-parameter", "the macro's parameter "+named(strings.TrimLeft(param, "$%@"))+" stands nowhere in it", "remove it, or mend its name")
}

func (b *builder) badUse(s *Site, problem string) {
	b.fault(s, "httpd-bad-macro-use", problem, "")
}

// note tells what a command means for the rest: that there are more files.
func (b *builder) note(c *Command) {
	if c.key != "allowoverride" && c.key != "allowoverridelist" || equalFold(c.RawArgs(), "none") || b.told[".htaccess"] {
		return
	}
	b.told[".htaccess"] = true
	b.report(finding.Info, "httpd-htaccess", c.spot(), "from here on .htaccess files may change the configuration; they are not read", "AllowOverride None, if there are none")
}
