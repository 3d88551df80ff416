package spec

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/platform"
)

func (l *loader) release(t Text) {
	if t.Given() {
		l.oneOf("keystone.release", t, releaseNames())
	}
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
	name := f.Keystone.Release.Value
	if target, ok := platform.ByName(f.Platform.Value); ok && name == "" {
		name = target.Release
	}
	release, ok := platform.ReleaseByName(name)
	if ok && len(issuer.Value) > release.RemoteIDMax {
		l.fail("remote-id-too-long", issuer.At, fmt.Sprintf("the issuer has %d characters; Keystone %s takes remote ids of at most %d",
			len(issuer.Value), release.Name, release.RemoteIDMax), "")
	}
}
