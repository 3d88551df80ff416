package access

import (
	"strings"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// refused reports whether the virtual host answers a path with an error of its own
// accord, before anything is asked: RedirectMatch 403 …, RewriteRule … [F].
func refused(v *subject.Vhost, path string) bool {
	for _, c := range v.Own("redirectmatch") {
		if status := subject.Arg(c, 0); len(status) == 3 && status[0] == '4' || strings.EqualFold(status, "gone") {
			if matches(c, subject.Arg(c, 1), path) {
				return true
			}
		}
	}
	if len(v.Own("rewritecond")) > 0 || !v.On("rewriteengine", false) {
		return false
	}
	for _, c := range v.Own("rewriterule") {
		if refuses(subject.Arg(c, 2)) && matches(c, subject.Arg(c, 0), path) {
			return true
		}
	}
	return false
}

// refuses reads the flags of a RewriteRule.
func refuses(flags string) bool {
	for _, f := range strings.Split(strings.Trim(flags, "[]"), ",") {
		switch f = strings.ToLower(strings.TrimSpace(f)); {
		case f == "f", f == "g", f == "forbidden", f == "gone", strings.HasPrefix(f, "r=4"):
			return true
		}
	}
	return false
}

// matches reports whether an expression fits a path. What does not speak of the
// federation does not; of what cannot be read here it is assumed.
func matches(c *httpdconf.Command, expression, path string) bool {
	if !strings.Contains(strings.ToLower(c.RawArgs()), "federation") {
		return false
	}
	re, err := regexp2.Compile(expression, regexp2.None)
	if err != nil {
		return true
	}
	re.MatchTimeout = 100 * time.Millisecond
	ok, err := re.MatchString(path)
	return ok || err != nil
}
