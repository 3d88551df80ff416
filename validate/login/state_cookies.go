package login

import (
	"strconv"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// stateCookies gives how many logins of one browser may be open at a time, 0 for any
// number; whether the oldest gives way to a new one; and what says so.
func (v *party) stateCookies() (most int, oldestGoes bool, at *httpdconf.Command) {
	c := v.Command("oidcstatemaxnumberofcookies")
	if c == nil {
		return 7, false, nil
	}
	most, err := strconv.Atoi(subject.Arg(c, 0))
	if err != nil {
		return 7, false, nil
	}
	return most, subject.IsOn(subject.Arg(c, 1)), c
}
