package claims_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"github.com/fedstone/fedstone/internal/claims"
)

var surrogate = regexp.MustCompile(`(?i)\\ud[89a-f]`)

// FuzzRead: no input makes it panic; what it takes for JSON is JSON, and JSON
// objects are taken, but for halves of characters and great depth.
func FuzzRead(f *testing.F) {
	for _, set := range claimSets() {
		if len(set) < 1000 {
			f.Add([]byte("{" + set + "}"))
		}
	}
	for _, src := range []string{"", "{}", "a: b\n\nc:d", "a", token(`{"a":1}`), "Bearer a.b.c", "a.b.c.d.e", "[", `"`, `{"a":"\u12`, "\ufeff", "\xff"} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		c, list := claims.Read("in", src)
		if (c == nil) != list.HasErrors() {
			t.Fatalf("claims %v with %q", c, said(list))
		}
		text := bytes.TrimSpace(src)
		if c != nil && c.Form == claims.JSON && !json.Valid(src) {
			t.Fatalf("not JSON, but taken")
		}
		if c == nil && len(text) > 0 && text[0] == '{' && json.Valid(src) && len(src) < 2000 && !surrogate.Match(src) && bytes.IndexByte(src, 0) < 0 && list[0].Slug != "claims-binary" {
			t.Fatalf("JSON, but refused: %q", said(list))
		}
		if c != nil {
			everyModule(t, c)
		}
	})
}

// everyModule makes the environment of all kinds of modules.
func everyModule(t *testing.T, c *claims.Claims) {
	for _, version := range []string{"2.4.9.4", "2.4.12.3", "2.4.17", "2.4.20.3"} {
		for _, encoding := range []claims.Encoding{claims.Raw, claims.Latin1, claims.Base64URL} {
			m, err := claims.NewModule(claims.AuthOpenIDC, version, claims.Browser)
			if err != nil {
				t.Fatal(err)
			}
			m.Encoding, m.RemoteUser = encoding, "a"
			m.Environ(c)
		}
	}
	m, err := claims.NewModule(claims.OAuth2, "3.3.1", claims.Bearer)
	if err != nil {
		t.Fatal(err)
	}
	e := m.Environ(c)
	claims.Assertion(e, "2025.1", "")
	claims.Assertion(claims.Plain(c), "zed", "")
}
