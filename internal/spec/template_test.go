package spec

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPieces(t *testing.T) {
	cases := map[string][]Piece{
		"":                           nil,
		"alice":                      {{Text: "alice"}},
		"{sub}":                      {{Claim: "sub"}},
		"{given_name} {family_name}": {{Claim: "given_name"}, {Text: " "}, {Claim: "family_name"}},
		"{a}{b}@c":                   {{Claim: "a"}, {Claim: "b"}, {Text: "@c"}},
		"{env(REMOTE_USER)}@c":       {{Claim: "env(REMOTE_USER)"}, {Text: "@c"}},
		"{env(Shib-Mail)}{env.x}":    {{Claim: "env(Shib-Mail)"}, {Claim: "env.x"}},
		"{https://example.org/g}":    {{Claim: "https://example.org/g"}},
	}
	for template, want := range cases {
		got, err := Pieces(template)
		if err != nil {
			t.Errorf("%q: %v", template, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", template, diff)
		}
	}
}

// Everything here means something to Python's str.format, or breaks it.
func TestPiecesRefuses(t *testing.T) {
	for _, template := range []string{"{", "}", "{}", "{0}", "{12}", "{{a}}", "a{{", "}}", "{a!r}", "{a[0]}", "{0.__class__}", "{a b}", "{a}}", "{{a}", "{a{b}}", "{a:>10 }", "{-a}", "{\u00e4}",
		"{env()}", "{env(A}", "{envA)}", "{env(a b)}", "{env(env(A))}", "{env(0)}", "{env(HTTP_A)}", "{env(http_oidc_sub)}", "{env(REQUEST_URI)}", "{env(content_type)}", "{env(OIDC-sub)}", "{env(REDIRECT_HTTP_A)}", "{env(REDIRECT_REDIRECT_URL)}", "{env(mod_wsgi.path_info)}", "{env(wsgi.url_scheme)}", "{Env(A)}", "{env(A)!r}", "{env(${A})}"} {
		if got, err := Pieces(template); err == nil {
			t.Errorf("%q gave %v", template, got)
		}
		if claims := Claims(template); claims != nil {
			t.Errorf("%q has claims %v", template, claims)
		}
	}
}
