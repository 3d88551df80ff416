package spec

import (
	"cmp"
	"fmt"

	"github.com/fedstone/fedstone/internal/platform"
)

func (l *loader) release(t Text) {
	if t.Given() {
		l.oneOf("keystone.release", t, releaseNames())
	}
}

// KeystoneRelease is the release that the description names, else its platform's
// own; "" where it names neither.
func (f *Federation) KeystoneRelease() string {
	return cmp.Or(f.Keystone.Release.Value, f.Target().Release)
}

// Target is the platform as the description has it; the zero Platform where none of
// its name is known.
func (f *Federation) Target() platform.Platform {
	p, _ := platform.ByName(f.Platform.Value)
	return f.Describe(p)
}

// Describe gives a platform as the description has it: an httpd of one's own, the
// release, and where Keystone's uwsgi is.
func (f *Federation) Describe(p platform.Platform) platform.Platform {
	if f.Plain != nil {
		p = p.With(f.Plain.Platform())
	}
	p = p.Before(f.Keystone.Release.Value)
	p.Layout.UWSGI = cmp.Or(f.HTTPD.UWSGI.Value, p.Layout.UWSGI)
	return p
}

func releaseNames() []string {
	var out []string
	for _, r := range platform.Releases() {
		out = append(out, r.Name)
	}
	return out
}

func (l *loader) platform(t Text) {
	if t.Given() {
		l.oneOf("platform", t, append(platform.Names(), platform.ServiceNames()...))
	}
}

// remoteID: the release limits its length.
func (l *loader) remoteID(id Text, what string, f *Federation) {
	release, ok := platform.ReleaseByName(f.KeystoneRelease())
	if ok && len(id.Value) > release.RemoteIDMax {
		l.fail("remote-id-too-long", id.At, fmt.Sprintf("%s has %d characters; Keystone %s takes remote ids of at most %d",
			what, len(id.Value), release.Name, release.RemoteIDMax), "")
	}
}
