package login

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
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

// inserted is a fix that puts text into an argument, so many bytes behind its
// beginning; nil where the argument was made by a macro or a variable.
func inserted(c *httpdconf.Command, n, behind int, text string) *finding.Fix {
	fix := subject.Write(c, n, text)
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
	return subject.Write(authType, 0, "openid-connect")
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
