package suite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

func read(t *testing.T, text string) *claims.Claims {
	t.Helper()
	c, list := claims.Read("claims", []byte(text))
	if list.HasErrors() {
		t.Fatal(list)
	}
	return c
}

// TestRenderedDoors: every platform has a door that its module's version takes.
func TestRenderedDoors(t *testing.T) {
	for _, name := range append(platform.Names(), "") {
		target, _ := platform.ByName(name)
		if name == platform.PlainName { // the description says the version
			target = target.With(platform.Plain{Module: "2.4.17"})
		}
		d := renderedDoor(target, spec.IdentityProvider{})
		if err := d.Check(); err != nil || d.Name != claims.AuthOpenIDC || d.Version == "" {
			t.Errorf("%q: %+v, %v", name, d, err)
		}
	}
}

func TestEnvironment(t *testing.T) {
	text := func(s string) spec.Text { return spec.Text{Value: s} }
	empty := text("")
	cases := map[string]struct {
		module  spec.TestModule
		claims  string
		want    map[string]string
		refused string
	}{
		"as fedstone sets it up": {spec.TestModule{}, `{"sub": "ann", "groups": ["a", "b"], "yes": true, "n": 7, "o": {"z": 1, "a": 2.50}}`,
			map[string]string{"OIDC-sub": "ann", "OIDC-groups": "a;b", "OIDC-yes": "1", "OIDC-n": "7", "OIDC-o": `{"z": 1, "a": 2.5}`, "REMOTE_USER": "ann"}, ""},
		"without sub": {spec.TestModule{}, `{"groups": ["a"]}`, map[string]string{"OIDC-groups": "a"}, ""},
		"prefix and delimiter": {spec.TestModule{Prefix: &empty, Delimiter: text(",")}, `{"sub": "ann", "groups": ["a", "b"]}`,
			map[string]string{"sub": "ann", "groups": "a,b", "REMOTE_USER": "ann"}, ""},
		"a version alone": {spec.TestModule{Version: text("2.4.17")}, `{"sub": "ann"}`, map[string]string{"OIDC-sub": "ann", "REMOTE_USER": "ann"}, ""},
		"with its own defaults": {spec.TestModule{Name: text(claims.AuthOpenIDC), PassAs: text("environment")}, `{"sub": "ann", "groups": ["a", "b"]}`,
			map[string]string{"OIDC_CLAIM_sub": "ann", "OIDC_CLAIM_groups": "a,b", "REMOTE_USER": "ann"}, ""},
		"as headers": {spec.TestModule{PassAs: text("headers")}, `{"sub": "ann", "given_name": "x"}`, map[string]string{"HTTP_OIDC_SUB": "ann", "REMOTE_USER": "ann"}, ""},
		"refused there": {spec.TestModule{}, `{"sub": "ann", "n": 123456789012345678901234567890}`, nil,
			`mod_auth_openidc 2.4.12.3 answers such a token itself: an integer beyond 64 bits (in "n")`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			l := &loader{Plan: &Plan{}}
			d, ok := l.door(renderedDoor(platform.Platform{}, spec.IdentityProvider{}), c.module)
			if !ok {
				t.Fatal(l.Findings)
			}
			given := read(t, c.claims)
			env, refused := d.environment(given, "zed")
			if diff := cmp.Diff(c.want, env); diff != "" || refused != c.refused {
				t.Errorf("refused %q, want %q; environment (-want +got):\n%s", refused, c.refused, diff)
			}
		})
	}
}

// TestOAuth2: the other module, by its newest known version.
func TestOAuth2(t *testing.T) {
	l := &loader{Plan: &Plan{}}
	d, ok := l.door(renderedDoor(platform.Platform{}, spec.IdentityProvider{}), spec.TestModule{Name: spec.Text{Value: claims.OAuth2}, PassAs: spec.Text{Value: "environment"}})
	if !ok || d.Version != "3.3.1" {
		t.Fatalf("%+v, %v", d, l.Findings)
	}
	env, _ := d.environment(read(t, `{"sub": "ann"}`), "zed")
	if env["OAUTH2_CLAIM_sub"] != "ann" {
		t.Errorf("%v", env)
	}
}

// TestRefusedAtTheDoor: Keystone sees nothing of such a login.
func TestRefusedAtTheDoor(t *testing.T) {
	const token = "claims: {sub: ann, groups: x, n: 123456789012345678901234567890}\n"
	if r := single(t, testFile(token+"want: {refused: true, rules: []}")); !r.OK() {
		t.Errorf("%v", texts(r))
	}
	r := single(t, testFile(token+"want: {user: ann}"))
	want := []string{`mod_auth_openidc 2.4.12.3 answers such a token itself: an integer beyond 64 bits (in "n")`}
	if diff := cmp.Diff(want, texts(r)); diff != "" || r.Why != "" {
		t.Errorf("why %q; differences (-want +got):\n%s", r.Why, diff)
	}
}
