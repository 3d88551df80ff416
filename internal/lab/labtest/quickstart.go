package labtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/roots"
)

// Deployment is examples/quickstart on the lab's own ports.
type Deployment struct {
	Lab    *lab.Lab
	Binary string
	File   string // its federation.yaml
}

// Quickstart renders, puts in place and applies examples/quickstart.
func Quickstart(t testing.TB) Deployment {
	t.Helper()
	l := Open(t)
	d := Deployment{Lab: l, Binary: Binary(t), File: filepath.Join(t.TempDir(), "federation.yaml")}
	if err := os.WriteFile(d.File, QuickstartText(t, l), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Run(t, "render", "-o", l.Root, "--prefix", l.Root)
	d.Run(t, "lab", "reload", "--dir", l.Dir)
	d.Run(t, "apply")
	return d
}

// QuickstartText is the example on the lab's ports, for the lab's platform. Providers
// whose issuer the lab was brought up without are left out, and so are those not
// among the given ones, where any are given.
func QuickstartText(t testing.TB, l *lab.Lab, providers ...string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(Repository(t), "examples", "quickstart", "federation.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	issuers := slices.DeleteFunc(slices.Clone(l.Issuers), func(i lab.Issuer) bool {
		return len(providers) > 0 && !slices.Contains(providers, i.Name)
	})
	return onPlatform(movePorts(served(text, issuers), lab.DefaultBasePort, l.BasePort), l.Debian)
}

// onPlatform names the platform of the lab's suite; "" is the host, which is the example's.
func onPlatform(text []byte, suite string) []byte {
	if s, ok := roots.ByName(suite); ok {
		return bytes.Replace(text, []byte("\nplatform: debian-12\n"), []byte("\nplatform: "+s.Platform+"\n"), 1)
	}
	return text
}

// served leaves out the identity providers of other issuers.
func served(text []byte, issuers []lab.Issuer) []byte {
	provider := regexp.MustCompile(`(?m)^  (\w+):.*\n    display_name:(?:.*\n)(?:    .*\n|\n)*`)
	return provider.ReplaceAllFunc(text, func(block []byte) []byte {
		name := string(provider.FindSubmatch(block)[1])
		if slices.ContainsFunc(issuers, func(i lab.Issuer) bool { return i.Name == name }) {
			return block
		}
		return nil
	})
}

// OnDefaultPorts gives what a command printed as it would be on the default block
// of ports, for the documentation.
func (d Deployment) OnDefaultPorts(text []byte) []byte {
	return movePorts(text, d.Lab.BasePort, lab.DefaultBasePort)
}

func movePorts(text []byte, from, to int) []byte {
	var pairs []string
	for _, offset := range []int{0, 51, 80, 443, 444} {
		pairs = append(pairs, fmt.Sprint(from+offset), fmt.Sprint(to+offset))
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(text)))
}

// Run runs the command line and fails the test on a status other than 0.
func (d Deployment) Run(t testing.TB, args ...string) string {
	t.Helper()
	out, err := d.Command(args...).CombinedOutput()
	if err != nil {
		t.Fatalf("fedstone %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Command is the command line inside the lab, with this deployment as its -f.
func (d Deployment) Command(args ...string) *exec.Cmd {
	if args[0] != "lab" {
		args = append(args, "-f", d.File)
	}
	cmd := exec.Command(d.Binary, args...)
	cmd.Env = Env(d.Lab)
	return cmd
}
