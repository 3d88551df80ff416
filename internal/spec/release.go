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
	target, _ := platform.ByName(f.Platform.Value) // none: nothing is known
	return cmp.Or(f.Keystone.Release.Value, target.Release)
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
		l.oneOf("platform", t, platform.Names())
	}
}

// remoteID: the issuer becomes the remote id in Keystone, whose length the
// release limits.
func (l *loader) remoteID(issuer Text, f *Federation) {
	release, ok := platform.ReleaseByName(f.KeystoneRelease())
	if ok && len(issuer.Value) > release.RemoteIDMax {
		l.fail("remote-id-too-long", issuer.At, fmt.Sprintf("the issuer has %d characters; Keystone %s takes remote ids of at most %d",
			len(issuer.Value), release.Name, release.RemoteIDMax), "")
	}
}
