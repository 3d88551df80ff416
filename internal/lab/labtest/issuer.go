package labtest

import (
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
)

// IssuerURL gives the address of one of the lab's issuers, as its tokens name it.
func IssuerURL(t testing.TB, l *lab.Lab, name string) string {
	t.Helper()
	for _, issuer := range l.Issuers {
		if issuer.Name == name {
			return issuer.URL
		}
	}
	t.Fatalf("the lab has no issuer %s", name)
	return ""
}
