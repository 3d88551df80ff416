package report

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/probe"
)

// leftBehind names the users that stay in Keystone, each once, however many
// controllers were asked; "" where there are none.
func leftBehind(f probe.Fleet, opts TextOptions) string {
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
	text := "left on the cloud, as by any login, with what the mappings grant: shadow user " + strings.Join(slices.Compact(users), ", ")
	return "\n" + strings.Join(wrap(text, opts.width()), "\n") + "\n"
}
