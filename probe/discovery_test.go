package probe

import (
	"errors"
	"io"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc"
)

// TestFailedBeforeAsking: where a secret cannot be had nobody was asked, so that no
// connection is to be mended.
func TestFailedBeforeAsking(t *testing.T) {
	ours := issuerFailed(errors.New("federation.yaml:17:35: secret from variable SECRET: the variable is not set; mend: export SECRET"))
	if ours.symptom != "" || ours.mend != "" || ours.cause == "" {
		t.Errorf("%+v", ours)
	}
	if broken := issuerFailed(oidc.TransportError("https://sso.example.org", io.EOF)); broken.symptom != "connection-broken" || broken.mend == "" {
		t.Errorf("%+v", broken)
	}
}
