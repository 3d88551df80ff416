package login

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// ownPath is a path that Keystone does not serve, below the same mount point as
// another path of Keystone.
func ownPath(other string) string {
	prefix, _, found := strings.Cut(other, "/v3")
	if !found {
		prefix = ""
	}
	return prefix + "/v3/OS-FEDERATION/redirect_uri"
}

// ownURI is a redirect URI of its own, on the host of the one that is set.
func (v *party) ownURI() string {
	u := *v.URI
	u.Path, u.RawPath, u.RawQuery, u.Fragment = ownPath(u.Path), "", "", ""
	return u.String()
}

// callbackSection is the section that a redirect URI needs.
func callbackSection(path string) string {
	return "<Location " + path + ">\n    AuthType openid-connect\n    Require valid-user\n</Location>"
}

// replaced is a fix that writes another text in place of an argument, quotes
// included; nil where the argument was made by a macro or a variable.
func replaced(c *httpdconf.Command, n int, text string) *finding.Fix {
	words := c.Words()
	if c.Unit().Source == nil || n >= len(words) || words[n].At.End.Byte-words[n].At.Start.Byte != len(words[n].Raw) {
		return nil
	}
	return &finding.Fix{Title: "write " + text, Edits: []finding.Edit{{At: words[n].At, Text: text}}}
}

// inserted is a fix that puts text into an argument, so many bytes behind its
// beginning; nil where the argument was made by a macro or a variable.
func inserted(c *httpdconf.Command, n, behind int, text string) *finding.Fix {
	fix := replaced(c, n, text)
	if fix == nil {
		return nil
	}
	at := &fix.Edits[0].At
	at.Start.Byte += behind
	at.Start.Column += behind
	at.End = at.Start
	fix.Title = "insert " + strings.TrimSpace(text)
	return fix
}

// added is a fix that writes a line behind a command, as far to the right; nil where
// a macro made the command.
func added(c *httpdconf.Command, line string) *finding.Fix {
	if c.Unit().Source == nil || c.Section {
		return nil
	}
	at := c.At()
	indent := strings.Repeat(" ", max(at.Start.Column-1, 0))
	at.Start = at.End
	return &finding.Fix{Title: "add " + line, Edits: []finding.Edit{{At: at, Text: "\n" + indent + line}}}
}

// opening is how many bytes of an argument come before its value: one for a quote.
func opening(a httpdconf.Arg) int {
	if strings.HasPrefix(a.Raw, `"`) || strings.HasPrefix(a.Raw, "'") {
		return 1
	}
	return 0
}

// browserFix writes openid-connect where the section is the redirect URI's own.
func (v *party) browserFix(authType *httpdconf.Command) *finding.Fix {
	if d := v.callback(); d == nil || authType.Parent() != d.Section {
		return nil
	}
	return replaced(authType, 0, "openid-connect")
}

// newSection is a fix that writes the redirect URI's section at the end of its
// virtual host, where it wins over all others; nil where a section has an AuthType
// already, or where that end is a macro's.
func (v *party) newSection() *finding.Fix {
	host := v.Server.Command
	if host == nil || host.Unit().Source == nil || v.callback() != nil || v.Context(v.path()).Setting("AuthType").Value() != "" || len(v.Own("oidcredirecturi")) == 0 {
		return nil
	}
	at := host.EndAt()
	at.End = at.Start
	indent := strings.Repeat(" ", max(v.Redirect.At().Start.Column-at.Start.Column, 0))
	text := indent + strings.ReplaceAll(callbackSection(v.path()), "\n", "\n"+strings.Repeat(" ", at.Start.Column-1)+indent) + "\n" + strings.Repeat(" ", at.Start.Column-1)
	return &finding.Fix{Title: "add a <Location " + v.path() + ">", Edits: []finding.Edit{{At: at, Text: text}}}
}
