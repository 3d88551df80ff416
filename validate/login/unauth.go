package login

import (
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// unauth gives the OIDCUnAuthAction that counts at a door: its action in lower case
// and its expression, "" for none. sure is false where an <If> decides.
func unauth(d *subject.Door) (at *httpdconf.Command, action, expression string, sure bool) {
	s := d.Setting("OIDCUnAuthAction")
	if len(s.Commands) == 0 {
		return nil, "auth", "", len(s.Undecided) == 0
	}
	at = s.Commands[len(s.Commands)-1]
	return at, strings.ToLower(subject.Arg(at, 0)), subject.Arg(at, 1), len(s.Undecided) == 0
}

// html is an expression that is true of whoever accepts HTML, which browsers do.
var html = regexp.MustCompile(`^\s*%\{(HTTP_ACCEPT|HTTP:Accept)\}\s*=~\s*(m?[/#|,]|m.)[^!]*html[^!]*$`)
