package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/iam/iamtest"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestIAMWithARealIssuer: a real provider issues the ID tokens and changes its keys; the
// cloud is the contract server, which verifies them.
func TestIAMWithARealIssuer(t *testing.T) {
	l := labtest.Open(t)
	issuer := labtest.StartIssuer(t, l)
	w := &iamWorld{T: t, cloud: iamtest.New(t), file: filepath.Join(t.TempDir(), "federation.yaml")}
	w.environment(issuer.Secret, issuer.Secret)
	w.write(fmt.Sprintf(strings.ReplaceAll(iamDescription, "id: cloud", "id: cloud-cli"), w.cloud.URL, bothCAs(t, l.CAFile, w.cloud.CAFile), issuer.URL))
	w.run(exitClean, "apply")
	w.run(exitClean, "probe", "--cloud", "envvars")
	issuer.Rotate(t)
	if said, _ := w.run(exitFindings, "probe", "--cloud", "envvars"); !strings.Contains(said, "iam-key-drift") {
		t.Errorf("the probe after the rotation:\n%s", said)
	}
	if said, _ := w.run(exitFindings, "apply", "--check-keys"); !strings.Contains(said, "signing_key lacks the issuer's key") {
		t.Errorf("the check of the keys:\n%s", said)
	}
	w.run(exitClean, "apply")
	w.run(exitClean, "probe", "--cloud", "envvars")
}

// bothCAs writes the certificates of two files into one.
func bothCAs(t *testing.T, files ...string) string {
	t.Helper()
	var all []byte
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, all, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
