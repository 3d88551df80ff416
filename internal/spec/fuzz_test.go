package spec

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzLoad: no input makes the loader panic, point outside the file, or say
// different things twice.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"testdata/*.yaml", "testdata/schema/*/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
	for _, src := range []string{"", "a: |\n  b\n", "\"", "'a''b'", "? a\n: b", "a: >-\n\n  b", "- - -", "\ufeffa", "a: \"日本\u2028\"", "x: !!str &a 1\ny: *a", strings.Repeat("[", 70)} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		fed, shown, list := load("f.yaml", src)
		if fed == nil {
			t.Fatal("no federation")
		}
		for _, one := range list {
			inside(t, one.At, src)
			for _, r := range one.Related {
				inside(t, r.At, src)
			}
		}
		again, shownAgain, listAgain := load("f.yaml", src)
		if diff := cmp.Diff(list, listAgain) + cmp.Diff(shown, shownAgain) + cmp.Diff(fed, again, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("not the same twice:\n%s", diff)
		}
	})
}

func inside(t *testing.T, at finding.Range, src []byte) {
	t.Helper()
	if at.Path != "f.yaml" {
		t.Errorf("a finding without a path: %v", at)
	}
	if at.Start.Byte < 0 || at.End.Byte > len(src) || at.End.Known() && at.Start.Byte > at.End.Byte || at.Start.Known() != at.End.Known() {
		t.Errorf("range %+v leaves the %d bytes", at, len(src))
	}
}

// FuzzStarter: whatever an issuer announces, what is written loads.
func FuzzStarter(f *testing.F) {
	f.Add("https://sso.example.org/realms/corp", "groups", "preferred_username", "client_credentials")
	f.Add("https://a/%41", "a\nb", "{{", "\u202e")
	f.Add("https://[::1]:1/", "", "email", "")
	f.Fuzz(func(t *testing.T, issuer, scope, claim, grant string) {
		text, err := Starter(Announced{Issuer: issuer, Scopes: []string{scope}, Claims: []string{claim}, Grants: []string{grant}})
		if err != nil || len(issuer) > 200 {
			return
		}
		if _, list := Load("f.yaml", text); list.HasErrors() {
			t.Errorf("%v in\n%s", list, text)
		}
	})
}

// FuzzPieces: a template that is taken holds no brace but those around claims.
func FuzzPieces(f *testing.F) {
	f.Add("{a} b")
	f.Add("{{a}}")
	f.Fuzz(func(t *testing.T, template string) {
		pieces, err := Pieces(template)
		if err != nil {
			return
		}
		var back strings.Builder
		for _, p := range pieces {
			if (p.Text == "") == (p.Claim == "") || strings.ContainsAny(p.Text+p.Claim, "{}") {
				t.Errorf("piece %+v", p)
			}
			if p.Claim != "" {
				back.WriteString("{" + p.Claim + "}")
			}
			back.WriteString(p.Text)
		}
		if back.String() != template {
			t.Errorf("%q came back as %q", template, back.String())
		}
	})
}
