package templates

import (
	"regexp"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// translator is a directive of a server that gives paths another meaning before any section of
// ours is asked.
type translator struct {
	command *httpdconf.Command
	takes   func(path string) bool
	hint    string
}

// translating are those of the vhost, and those that it has from the main server.
func (j *judge) translating() []translator {
	var out []translator
	x := j.host.At(effective.Request{Path: "/"})
	rewrites := strings.EqualFold(x.Setting("RewriteEngine").Value(), "on")
	for _, l := range x.Layers {
		if l.Kind > effective.VirtualHost {
			break
		}
		var conditions []*httpdconf.Command
		for _, c := range l.Commands {
			switch {
			case c.Key() == "rewritecond":
				conditions = append(conditions, c)
			case c.Key() == "rewriterule":
				if rewrites && l.Kind == effective.VirtualHost && !passes(c) {
					out = append(out, rewriting(c, conditions))
				}
				conditions = nil
			case !j.ours(c):
				out = append(out, aliasing(c)...)
			}
		}
	}
	return out
}

// aliasing is what mod_alias does with a path, where a WSGIScriptAlias does not come first.
func aliasing(c *httpdconf.Command) []translator {
	words := c.Argv()
	const hint = "let it begin below another path than /v3"
	switch c.Key() {
	case "alias", "scriptalias":
		if len(words) > 1 {
			return []translator{{c, func(p string) bool { return covers(words[0], p) }, hint}}
		}
	case "aliasmatch", "scriptaliasmatch", "wsgiscriptaliasmatch", "proxypassmatch":
		if len(words) > 1 && words[1] != "!" {
			return []translator{{c, matching(words[0]), hint}}
		}
	case "redirect", "redirecttemp", "redirectpermanent":
		if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "/") }); i >= 0 {
			return []translator{{c, func(p string) bool { return covers(words[i], p) }, hint}}
		}
	case "redirectmatch":
		if i := slices.IndexFunc(words, func(w string) bool { return strings.ContainsAny(w, "/^(.") }); i >= 0 {
			return []translator{{c, matching(words[i]), hint}}
		}
	}
	return nil
}

// passes reports whether a RewriteRule leaves paths as they are, and goes on.
func passes(c *httpdconf.Command) bool {
	words := c.Argv()
	if len(words) < 2 || words[1] != "-" {
		return false
	}
	for _, flag := range flags(words) {
		switch name, _, _ := strings.Cut(strings.ToUpper(flag), "="); name {
		case "F", "FORBIDDEN", "G", "GONE", "R", "REDIRECT", "P", "PROXY", "H", "HANDLER", "T", "TYPE":
			return false
		}
	}
	return true
}

// flags are those of a RewriteRule: [L,E=…].
func flags(words []string) []string {
	if len(words) < 3 {
		return nil
	}
	return strings.Split(strings.Trim(words[2], "[]"), ",")
}

// rewriting is a RewriteRule with the RewriteConds in front of it.
func rewriting(c *httpdconf.Command, conditions []*httpdconf.Command) translator {
	words := c.Argv()
	expression, negated := strings.CutPrefix(words[0], "!")
	if slices.ContainsFunc(flags(words), func(f string) bool { return strings.EqualFold(f, "NC") || strings.EqualFold(f, "nocase") }) {
		expression = "(?i)" + expression
	}
	matches := matching(expression)
	return translator{c, func(p string) bool { return matches(p) != negated && !excepted(conditions, p) },
		"RewriteCond %{REQUEST_URI} !^/v3/(auth/)?OS-FEDERATION/"}
}

// excepted reports whether a condition in front of a rule keeps it from a path: one that
// must hold, and asks for another path.
func excepted(conditions []*httpdconf.Command, path string) bool {
	for i, c := range conditions {
		words := c.Argv()
		if len(words) < 2 || words[0] != "%{REQUEST_URI}" || alternative(words) || i > 0 && alternative(conditions[i-1].Argv()) {
			continue
		}
		expression, negated := strings.CutPrefix(words[1], "!")
		re, err := regexp.Compile(expression)
		if err == nil && re.MatchString(path) == negated {
			return true
		}
	}
	return false
}

// alternative reports whether the next condition may hold instead.
func alternative(words []string) bool {
	return slices.ContainsFunc(flags(words), func(f string) bool { return strings.EqualFold(f, "OR") || strings.EqualFold(f, "ornext") })
}

// matching reads an expression. One that cannot be read here may match anything.
func matching(expression string) func(string) bool {
	re, err := regexp.Compile(expression)
	if err != nil {
		return func(string) bool { return true }
	}
	return re.MatchString
}
