package compat_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// evidenceIsMissing: the strategy is refused because no run has shown that the platform's mod_oauth2 isolates. Such a run
// has to render it once.
func evidenceIsMissing(t *testing.T, d labtest.Deployment, name string) bool {
	t.Helper()
	i := slices.IndexFunc(templates.Strategies(), func(s templates.Strategy) bool { return s.Name == name })
	p := platformOf(t, d)
	return i >= 0 && templates.Strategies()[i].OAuth2 && p.OAuth2.Shipped() && !p.OAuth2.Isolates()
}

func platformOf(t *testing.T, d labtest.Deployment) platform.Platform {
	t.Helper()
	s := suiteOf(t, d.Lab)
	p, ok := platform.ByName(s.Platform)
	if !ok {
		t.Fatalf("there is no platform %s", s.Platform)
	}
	return p
}

// renderAllTheSame renders as if the platform had Debian 12's mod_oauth2, which is known to isolate.
func renderAllTheSame(t *testing.T, d labtest.Deployment) {
	t.Helper()
	p := platformOf(t, d)
	known, _ := platform.ByName("debian-12")
	p.OAuth2 = known.OAuth2
	fed, _, list, err := spec.ReadFile(d.File, nil)
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	resolver := spec.Resolver{Dir: filepath.Dir(d.File), LookupEnv: lookup(d)}
	in := templates.Inputs{Documents: discovered(t, d, fed), Secrets: resolver.Resolve, Prefix: d.Lab.Root, Platform: &p}
	b, list, err := templates.Render(fed, in)
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	if _, err := templates.Write(t.Context(), b, d.Lab.Root, templates.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
}

// lookup finds a secret where commands inside the lab do.
func lookup(d labtest.Deployment) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for _, entry := range labtest.Env(d.Lab) {
			if value, found := strings.CutPrefix(entry, name+"="); found {
				return value, true
			}
		}
		return "", false
	}
}

func discovered(t *testing.T, d labtest.Deployment, fed *spec.Federation) map[string]*oidc.Document {
	t.Helper()
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	documents := map[string]*oidc.Document{}
	for _, idp := range fed.IdentityProviders {
		if documents[idp.ID.Value], err = oidc.Discover(t.Context(), web, idp.Issuer.Value); err != nil {
			t.Fatal(err)
		}
	}
	return documents
}
