package labtest

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
)

// SAML renders, puts in place and applies examples/saml, with further identity providers
// behind its own: YAML as it stands there, on the default ports. The realms that they name
// are handed the service providers' metadata.
func SAML(t testing.TB, more string) Deployment {
	t.Helper()
	return samlBy(t, more, nil)
}

// Shibboleth is SAML with Shibboleth's SP in the place of mod_auth_mellon.
func Shibboleth(t testing.TB, more string) Deployment {
	t.Helper()
	return samlBy(t, more, func(text []byte) []byte {
		return bytes.ReplaceAll(text, []byte("    saml:\n"), []byte("    saml:\n      sp: shibboleth\n"))
	})
}

func samlBy(t testing.TB, more string, change func([]byte) []byte) Deployment {
	t.Helper()
	l := Open(t)
	if missing := lab.Missing(lab.Needs{lab.SAML}); len(missing) > 0 {
		Require(t, strings.Join(missing, "\n"))
	}
	text, err := os.ReadFile(filepath.Join(Repository(t), "examples", "saml", "federation.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	d := Deployment{Lab: l, Binary: Binary(t), File: filepath.Join(t.TempDir(), "federation.yaml")}
	text = onPlatform(movePorts(append(text, more...), lab.DefaultBasePort, l.BasePort), l.Debian)
	if change != nil {
		text = change(text)
	}
	if err := os.WriteFile(d.File, text, 0o600); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "render", "-o", l.Root, "--prefix", l.Root, "--prune")
	d.introduce(t, text)
	d.Run(t, "lab", "reload", "--dir", l.Dir)
	d.Run(t, "apply")
	return d
}

// ofRealm finds an identity provider's id, and the realm whose entity id it names.
var ofRealm = regexp.MustCompile(`(?m)^  ([a-z-]+):\n(?:    .*\n)*?    saml:\n(?:      sp: .*\n)?      entity_id: \S+/realms/(\w+)$`)

func (d Deployment) introduce(t testing.TB, text []byte) {
	t.Helper()
	for _, m := range ofRealm.FindAllSubmatch(text, -1) {
		metadata, err := d.Command("saml", "metadata", "--idp", string(m[1])).Output()
		if err != nil {
			t.Fatalf("saml metadata of %s: %v", m[1], err)
		}
		if err := d.Lab.Introduce(t.Context(), string(m[2]), metadata); err != nil {
			t.Fatal(err)
		}
	}
}
