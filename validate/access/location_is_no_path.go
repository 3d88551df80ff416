package access

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func locationIsNoPath() rule.Rule {
	return rule.Rule{
		Slug:     "location-is-no-path",
		Severity: finding.Error,
		Title:    "a <Location> of the federation never holds",
		Why: "`<Location>` is compared with the path of the request: decoded, without scheme and host, without the query, and with one slash in the place of several. " +
			"A URL, a `?`, a `%20`, a `//` or a regular expression in it never fits, and what the section asks for is never asked.",
		Mend:   "Write the decoded path from the first slash on; expressions belong into `<LocationMatch>`.",
		Source: "server/request.c, ap_location_walk; server/core.c, urlsection",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands("<location") {
					why, mended := notAPath(c)
					if why == "" {
						continue
					}
					f := finding.Finding{Message: fmt.Sprintf("<Location %s> never holds: %s", subject.Arg(c, 0), why), Hint: "<Location " + mended + ">"}
					if strings.HasPrefix(mended, "~") {
						f.Hint = "<LocationMatch " + mended[2:] + ">"
					} else {
						f.Fix = replaceWord(c, 0, mended, "write the path as httpd compares it")
					}
					p.On(c, f, t.VhostOf(c))
				}
			}
		},
	}
}

// notAPath says why a section of the federation fits no request, and how to write
// it; "" where it may fit.
func notAPath(c *httpdconf.Command) (why, mended string) {
	if ordinary(c.RawArgs()) {
		return "", ""
	}
	path := subject.Arg(c, 0)
	if path == "~" || !strings.Contains(strings.ToLower(path), "os-federation") {
		return "", ""
	}
	u, err := url.Parse(path)
	decoded, bad := url.PathUnescape(path)
	switch {
	case err == nil && u.Host != "" && u.Scheme != "":
		return "it is a URL, and httpd compares the path alone", u.Path
	case strings.Contains(path, "?"):
		return "it has a query, and httpd compares the path alone", path[:strings.Index(path, "?")]
	case expression.MatchString(path):
		return "it is a regular expression, which <Location> does not know", `~ "^` + strings.TrimPrefix(path, "^") + `"`
	case bad == nil && decoded != path:
		return "it is percent-encoded, and httpd compares the decoded path", decoded
	case strings.Contains(path, "//"):
		return "it has slashes side by side, and httpd makes one of them first", slashes.ReplaceAllString(path, "/")
	case !strings.HasPrefix(path, "/"):
		return "it does not begin with a slash", "/" + path
	}
	return "", ""
}

var (
	expression = regexp.MustCompile(`[(|)^$\\]|\.\*|\.\+`)
	slashes    = regexp.MustCompile(`//+`)
)

// ordinary reports whether a text is a path in which nothing can be wrong.
func ordinary(path string) bool {
	for i := range len(path) {
		switch c := path[i]; {
		case c == '/':
			if i > 0 && path[i-1] == '/' {
				return false
			}
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return strings.HasPrefix(path, "/")
}
