package templates_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestMergedFilesRun: Keystone behind each base takes passwords; after the merge httpd starts
// with it again, and Keystone takes passwords as before, tokens at the path of their own issuer, and
// nothing else. So it is with lines that somebody adds by hand, as render says, and with every
// strategy. With FEDSTONE_DEEP=1 all bases are served from, else one of each kind.
func TestMergedFilesRun(t *testing.T) {
	d := labtest.Quickstart(t)
	uwsgi := keystoneInUWSGI(t, d)
	deep := os.Getenv("FEDSTONE_DEEP") == "1"
	t.Run("bases", func(t *testing.T) {
		atOnce := make(chan struct{}, 2) // most load Keystone three times
		for _, name := range sortedNames(listens()) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				atOnce <- struct{}{}
				defer func() { <-atOnce }()
				moved{base: name, layout: "merge", strategy: "gate", uwsgi: uwsgi}.run(t, d, deep || slices.Contains(oneOfEachKind, name))
			})
		}
	})
	for _, c := range otherWays(deep) {
		c.uwsgi = uwsgi
		t.Run(c.base+" "+c.layout+" "+c.strategy, func(t *testing.T) { c.run(t, d, true) })
	}
}

var oneOfEachKind = []string{"puppet-rhosp-17.conf", "kolla-uwsgi.conf", "openstack-ansible-uwsgi.conf", "openstack-helm.conf", "debian-several-sites.conf", "by-hand-crlf.conf"}

// otherWays are fitted one after the other, since strategies have mappings of their own. Bases
// before a uwsgi load no Keystone for it.
func otherWays(deep bool) []moved {
	ways := []moved{
		{base: "kolla-uwsgi.conf", layout: "include", strategy: "gate"},
		{base: "kolla-uwsgi.conf", layout: "merge", strategy: "single"},
		{base: "openstack-ansible-uwsgi.conf", layout: "merge", strategy: "introspection"},
		{base: "openstack-ansible-uwsgi.conf", layout: "merge", strategy: "mod_oauth2"},
	}
	for _, strategy := range []string{"gate", "single", "introspection", "mod_oauth2"} {
		if deep {
			ways = append(ways, moved{base: "puppet-rhosp-17.conf", layout: "include", strategy: strategy}, moved{base: "by-hand-crlf.conf", layout: "merge", strategy: strategy})
		}
	}
	return ways
}

// keystoneInUWSGI gives the address of one that all bases before a uwsgi share.
func keystoneInUWSGI(t *testing.T, d labtest.Deployment) string {
	t.Helper()
	address := "127.0.0.1:" + labtest.FreePort(t)
	labtest.KeystoneInUWSGI(t, d.Lab, address)
	return address
}

// moved is a base on the lab's machine: which, what it is fitted to, and where a uwsgi is.
type moved struct{ base, layout, strategy, uwsgi string }

// run serves from a base before and after. A base that is not served from is read by httpd.
func (c moved) run(t *testing.T, d labtest.Deployment, served bool) {
	t.Helper()
	m := c.onLab(t, d)
	v := callerFor(t, d, c.strategy)
	if served {
		stop := m.serve(t)
		v.password(t, m.public)
		stop()
	}
	m.fit(t, c, d)
	m.read(t)
	if served {
		m.serve(t)
		v.visit(t, m.public)
	}
}

// description is the deployment's with the layout and the strategy, on ports of its own.
func (c moved) description(t *testing.T, d labtest.Deployment, port string) string {
	t.Helper()
	text := read(t, d.File)
	switch c.strategy {
	case "single":
		text = string(labtest.QuickstartText(t, d.Lab, "campus"))
	case "introspection":
		text = labtest.Asked(strings.ReplaceAll(text, "keystone-cli]", "keystone-cli, keystone-cli-opaque]"))
	}
	text = regexp.MustCompile(`(?m)^  tls: .*\n`).ReplaceAllString(text, "")
	return regexp.MustCompile(`(?m)^  gate_port: .*$`).ReplaceAllString(text, strings.Join([]string{
		"  strategy: " + c.strategy, "  layout: " + c.layout, "  listen: \"127.0.0.1:" + port + "\"", "  gate_port: " + labtest.FreePort(t)}, "\n"))
}

func sortedNames(of map[string]string) []string {
	var names []string
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
