package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/probe"
)

// leftBehind says in a line of text which users stay in Keystone; "" where there
// are none.
func leftBehind(f probe.Fleet, opts TextOptions) string {
	said := left(f)
	if said == "" {
		return ""
	}
	return "\n" + strings.Join(wrap(said, opts.width()), "\n") + "\n"
}

// left names the users that stay in Keystone, each once, however many controllers
// were asked; "" where there are none.
func left(f probe.Fleet) string {
	var users []string
	for _, r := range f {
		for _, p := range r.Providers {
			users = append(users, p.Shadows...)
		}
	}
	if len(users) == 0 {
		return ""
	}
	slices.Sort(users)
	return "left on the cloud, as by any login, with what the mappings grant: shadow user " + some(slices.Compact(users))
}

// some names a few of many; the JSON report has all of them.
func some(users []string) string {
	const few = 5
	if len(users) <= few {
		return strings.Join(users, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(users[:few], ", "), len(users)-few)
}
