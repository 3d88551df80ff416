package examples_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// samlProbed: what Keycloak and mod_auth_mellon refuse is told apart, and a script gets its
// token.
func samlProbed(t *testing.T, d labtest.Deployment) {
	expectSymptom(t, d, "websso-login", "")
	if out := d.Run(t, "token", "--idp", "corp-saml", "--no-cache", "--quiet"); !strings.HasPrefix(out, "gAAAA") {
		t.Error("token prints no token")
	}
	t.Run("a wrong password", func(t *testing.T) {
		expectSymptom(t, d, "ecp-login", "saml-password", "CORP_ALICE_PASSWORD=wrong")
	})
	metadata, err := d.Command("saml", "metadata", "--idp", "corp-saml").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("another certificate was handed over", func(t *testing.T) {
		other, err := d.Command("saml", "metadata", "--idp", "partner-saml").Output()
		if err != nil {
			t.Fatal(err)
		}
		hand(t, d, withCertificateOf(metadata, other))
		expectSymptom(t, d, "ecp-login", "saml-request-signature")
	})
	t.Run("no consumer for ECP was handed over", func(t *testing.T) {
		hand(t, d, regexp.MustCompile(`<[^>]*bindings:PAOS"[^>]*>`).ReplaceAll(metadata, nil))
		expectSymptom(t, d, "ecp-login", "saml-consumer-unknown")
	})
	hand(t, d, metadata)
}

func hand(t *testing.T, d labtest.Deployment, metadata []byte) {
	t.Helper()
	if err := d.Lab.Introduce(t.Context(), "corp", metadata); err != nil {
		t.Fatal(err)
	}
}

var certificateInXML = regexp.MustCompile(`(?s)X509Certificate>.*?</`)

func withCertificateOf(metadata, other []byte) []byte {
	return certificateInXML.ReplaceAllLiteral(metadata, certificateInXML.Find(other))
}

// expectSymptom probes, and finds a step passed (symptom "") or failed as it should.
func expectSymptom(t *testing.T, d labtest.Deployment, step, symptom string, env ...string) {
	t.Helper()
	cmd := d.Command("probe", "--idp", "corp-saml", "--login", "--format", "json")
	cmd.Env = append(cmd.Env, env...)
	expectStep(t, cmd, step, symptom)
}

// expectStep finds a step of a probe passed (symptom "") or failed as it should.
func expectStep(t *testing.T, probe *exec.Cmd, step, symptom string) {
	t.Helper()
	out, _ := probe.Output() // status 1 for a step that fails
	var got struct {
		Providers []struct {
			Steps []struct{ Name, Verdict, Symptom string }
		} `json:"identity_providers"`
	}
	if err := json.Unmarshal(out, &got); err != nil || len(got.Providers) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	if strings.Contains(string(out), os.Getenv("CORP_ALICE_PASSWORD")) && os.Getenv("CORP_ALICE_PASSWORD") != "" {
		t.Error("the report has the password")
	}
	for _, s := range got.Providers[0].Steps {
		if s.Name == step && (s.Verdict == "pass") == (symptom == "") && s.Symptom == symptom {
			return
		}
	}
	t.Errorf("%s: want %q\n%s", step, symptom, out)
}
