package probe_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The command against a running lab whose federation has been rendered and
// applied: FEDSTONE_LAB is the lab's folder, FEDSTONE_DESCRIPTION the
// federation.yaml it runs, and the clients' secrets stand in the environment.
func TestLiveCloud(t *testing.T) {
	lab, description := os.Getenv("FEDSTONE_LAB"), os.Getenv("FEDSTONE_DESCRIPTION")
	if lab == "" || description == "" {
		t.Skip("no running lab: set FEDSTONE_LAB to its folder and FEDSTONE_DESCRIPTION to the federation.yaml it runs")
	}
	bin := filepath.Join(t.TempDir(), "fedstone")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", bin, "../cmd/fedstone").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ca := filepath.Join(lab, "root", "etc", "ssl", "fedstone", "ca.pem")
	out, err := exec.CommandContext(t.Context(), bin, "probe", "-f", description, "--isolation", "--ca-file", ca).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	for _, word := range []string{"eyJ", "gAAAA"} {
		if strings.Contains(string(out), word) {
			t.Errorf("the report holds a token")
		}
	}
}
