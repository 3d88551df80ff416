package templates_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/templates"
)

func TestMetadataName(t *testing.T) {
	cases := map[string]string{
		"https://accounts.google.com":                    "accounts.google.com",
		"https://idp.example/":                           "idp.example",
		"https://kc.example.org:8443/realms/a":           "kc.example.org%3A8443%2Frealms%2Fa",
		"https://login.microsoftonline.com/t-1/v2.0":     "login.microsoftonline.com%2Ft-1%2Fv2.0",
		"https://x.example/../../etc/cron.d/x":           "x.example%2F..%2F..%2Fetc%2Fcron.d%2Fx",
		"https://x.example/é~_":                          "x.example%2F%C3%A9~_",
		"https://x.example//":                            "x.example%2F",
		"https://..":                                     "",
		"https://.hidden":                                "",
		"https://":                                       "",
		"https://x.example/" + strings.Repeat("a/", 100): "",
	}
	for issuer, want := range cases {
		got, err := templates.MetadataName(issuer)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("MetadataName(%.60q) = %q, %v; want %q", issuer, got, err, want)
		}
	}
}

// FuzzMetadataName: whatever the issuer, the name is one file in one folder.
func FuzzMetadataName(f *testing.F) {
	for _, seed := range []string{"https://a.example/b", "https://../x", "http://\x00/", "a%2fb"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, issuer string) {
		name, err := templates.MetadataName(issuer)
		if err == nil && (name == "" || len(name) > 246 || name[0] == '.' || strings.ContainsAny(name, "/\\\x00 \n")) {
			t.Errorf("%q gives %q", issuer, name)
		}
	})
}
