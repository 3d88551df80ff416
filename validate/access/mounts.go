package access

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// mounts are the prefixes in front of /v3 below which a virtual host hands requests
// to Keystone: "" or such as "/identity". None where that cannot be told.
func mounts(v *subject.Vhost) []string {
	var out []string
	for _, c := range handlers(v) {
		prefix, ok := mountOf(c)
		if ok && (namesKeystone(c) || hasDoorBelow(v, prefix)) && !slices.Contains(out, prefix) {
			out = append(out, prefix)
		}
	}
	return out
}

// handlers are the commands that hand whole prefixes on: of the virtual host, and of
// the main server, which it inherits.
func handlers(v *subject.Vhost) []*httpdconf.Command {
	var out []*httpdconf.Command
	for _, key := range []string{"wsgiscriptalias", "proxypass"} {
		out = append(out, v.Own(key)...)
		if v.Main != nil {
			out = append(out, v.Main.Own(key)...)
		}
	}
	return out
}

func mountOf(c *httpdconf.Command) (prefix string, ok bool) {
	prefix = strings.TrimSuffix(strings.TrimSuffix(subject.Arg(c, 0), "/"), "/v3")
	return prefix, subject.Arg(c, 1) != "" && subject.Arg(c, 1) != "!" && !strings.Contains(prefix, "/v3/")
}

func namesKeystone(c *httpdconf.Command) bool {
	return strings.Contains(strings.ToLower(subject.Arg(c, 1)), "keystone")
}

func hasDoorBelow(v *subject.Vhost, prefix string) bool {
	return slices.ContainsFunc(v.Doors(), func(d *subject.Door) bool { return d.Kind != subject.Callback && d.Prefix == prefix })
}
