package saml_test

import (
	"bytes"
	"encoding/xml"
	"testing"

	"github.com/fedstone/fedstone/internal/saml"
)

// FuzzRead: nothing makes the readers panic, what they refuse they place within the
// text, and what they pass on is XML still.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		paos, head + role + redir + soap + tail, answered(ecpHead, good, said("")), answered("", good, ""),
		"<!DOCTYPE a>", "<a b='&lt;'/>", "\xef\xbb\xbf<a/>", `<x:a xmlns:x=""/>`, `<a xmlns="b"><c xmlns=""/></a>`,
	} {
		f.Add([]byte(text))
	}
	request, err := saml.ReadRequest([]byte(paos))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := saml.ReadIdP(text, ""); err != nil && len(err.Error()) > 2000 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
		if r, err := saml.ReadRequest(text); err == nil {
			wellFormed(t, r.Forward())
		}
		if r, err := saml.ReadResponse(text); err == nil {
			wellFormed(t, r.Back(request))
			r.Check(saml.Expect{Request: request})
		}
	})
}

func wellFormed(t *testing.T, text []byte) {
	t.Helper()
	if err := xml.NewDecoder(bytes.NewReader(text)).Decode(new(struct{})); err != nil {
		t.Errorf("%v: %q", err, text)
	}
}
