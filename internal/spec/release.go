package spec

import (
	"fmt"
	"strings"
)

// releases are the Keystone releases that are known, by name, with the major
// version of the program (releases.openstack.org).
var releases = []struct {
	name   string
	number int
}{
	{"victoria", 18}, {"wallaby", 19}, {"xena", 20}, {"yoga", 21}, {"zed", 22}, {"2023.1", 23}, {"2023.2", 24},
	{"2024.1", 25}, {"2024.2", 26}, {"2025.1", 27}, {"2025.2", 28}, {"2026.1", 29},
}

func releaseNames() []string {
	var out []string
	for _, r := range releases {
		out = append(out, r.name)
	}
	return out
}

// releaseNumber gives the major version of a release, or 0.
func releaseNumber(name string) int {
	for _, r := range releases {
		if r.name == name {
			return r.number
		}
	}
	return 0
}

func (l *loader) release(t Text) {
	if t.Given() {
		l.oneOf("keystone.release", t, releaseNames())
	}
}

// defaultReleases are the platforms and the Keystone release of each.
func defaultRelease(platform string) (string, bool) {
	release, ok := map[string]string{"debian-12": "zed", "rhosp-17.1": "wallaby"}[platform]
	return release, ok
}

func (l *loader) platform(t Text) {
	if _, ok := defaultRelease(t.Value); t.Given() && !ok {
		l.oneOf("platform", t, []string{"debian-12", "rhosp-17.1"})
	}
}

// remoteID: the issuer becomes the remote id in Keystone, whose length is
// limited (keystone/federation/schema.py; the column before it).
func (l *loader) remoteID(issuer Text, f *Federation) {
	release := f.Keystone.Release.Value
	if release == "" {
		release, _ = defaultRelease(f.Platform.Value)
	}
	most := 255
	if releaseNumber(release) >= 29 {
		most = 64
	}
	if len(issuer.Value) > most {
		l.fail("remote-id-too-long", issuer.At, fmt.Sprintf("the issuer has %d characters; Keystone %s takes remote ids of at most %d", len(issuer.Value), strings.TrimSpace(release), most), "")
	}
}
