package fleet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestAlike: virtual hosts are found again on other machines by port and name, and where the name is the machine's
// own, by their place.
func TestAlike(t *testing.T) {
	for name, c := range map[string]struct {
		machines []string // ports and names of their virtual hosts
		want     []string // of each virtual host that two machines have, its names on them
	}{
		"one machine":          {[]string{"5000/a"}, nil},
		"the same name":        {[]string{"5000/a", "5000/a"}, []string{"a a"}},
		"names of their own":   {[]string{"5000/ctl1", "5000/ctl2", "5000/ctl3"}, []string{"ctl1 ctl2 ctl3"}},
		"two ports":            {[]string{"5000/a 5001/a", "5001/a 5000/a"}, []string{"a a", "a a"}},
		"another order":        {[]string{"5000/a 5000/b", "5000/b 5000/a"}, []string{"a a", "b b"}},
		"some of their own":    {[]string{"5000/a 5000/ctl1", "5000/ctl2 5000/a"}, []string{"a a", "ctl1 ctl2"}},
		"one has more":         {[]string{"5000/a 5001/b", "5000/a"}, []string{"a a"}},
		"the third lacks it":   {[]string{"5000/a", "5000/a", "5001/b"}, []string{"a a"}},
		"nothing of Keystone":  {[]string{"", ""}, nil},
		"only one of Keystone": {[]string{"5000/a", ""}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p := &rule.FleetPass{}
			for i, hosts := range c.machines {
				p.Sites = append(p.Sites, machineWith(t, string(rune('1'+i)), strings.Fields(hosts)))
			}
			var got []string
			for _, s := range alike(machines(p)) {
				var names []string
				for _, v := range s.hosts {
					names = append(names, v.Server.Name)
				}
				got = append(got, strings.Join(names, " "))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// machineWith is a machine with virtual hosts that have a redirect URI.
func machineWith(t *testing.T, name string, hosts []string) *subject.Site {
	t.Helper()
	text := "# " + name + "\n"
	for _, h := range hosts {
		port, server, _ := strings.Cut(h, "/")
		text += "<VirtualHost *:" + port + ">\nServerName " + server + "\nOIDCRedirectURI https://keystone.example.org/back\n</VirtualHost>\n"
	}
	file := filepath.Join(t.TempDir(), "site.conf")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	site, err := subject.Load(name, []string{file}, subject.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return site
}
