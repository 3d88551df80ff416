package broken

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// Curl is what a person asks with curl, and what has to be told of the answer.
type Curl struct {
	Name    string
	About   string
	Door    string // "" is sound
	Request string // method and path
	Bearer  bool   // a sound token is sent
	Form    map[string]string
	Curl    []string // further arguments
	Want    []string // slugs of symptoms, in their order
}

// Curls reads testdata/byhand.yaml.
func Curls(t testing.TB) (all []Curl) {
	t.Helper()
	decoder := yaml.NewDecoder(strings.NewReader(read(t, ".", "byhand.yaml")))
	decoder.KnownFields(true)
	if err := decoder.Decode(&all); err != nil {
		t.Fatalf("byhand.yaml: %v", err)
	}
	return all
}

// Answered gives what curl -si has printed for it, as it was recorded.
func (c Curl) Answered(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(c.file(t))
	if err != nil {
		t.Fatalf("%v: record it in a lab: go test ./probe/broken -run RecordByHand -record", err)
	}
	return string(text)
}

func (c Curl) file(t testing.TB) string {
	t.Helper()
	return filepath.Join(labtest.Repository(t), "probe", "testdata", "byhand", c.Name+".txt")
}

// RecordByHand asks with the real curl, and writes down what it prints.
func (h *House) RecordByHand(t testing.TB, c Curl) {
	t.Helper()
	var errors bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "curl", h.arguments(c)...)
	cmd.Stdin, cmd.Stderr = strings.NewReader(h.hidden(c)), &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("curl: %v: %s", err, &errors)
	}
	if err := os.WriteFile(c.file(t), h.stiller().still(out), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (h *House) arguments(c Curl) []string {
	method, path, _ := strings.Cut(c.Request, " ")
	args := []string{
		"-siS", "--max-time", "30", "--cacert", h.path("ca.pem"), "--config", "-",
		"--connect-to", issuerHost + ":443:127.0.0.1:" + h.ports.issuer, "--connect-to", "::127.0.0.1:" + h.ports.doors,
	}
	if method == "POST" {
		args = append(args, "-X", method)
	}
	return append(append(args, c.Curl...), "https://"+hostOf(Case{Door: c.Door}.door())+path)
}

// hidden is curl's configuration: what must not stand among its arguments.
func (h *House) hidden(c Curl) string {
	token := h.issuer.sign(h.issuer.cases[c.idp()])
	var b strings.Builder
	if c.Bearer && !strings.Contains(strings.Join(c.Curl, " "), "Authorization") {
		b.WriteString("header = \"Authorization: Bearer " + token + "\"\n")
	}
	for name, value := range c.Form {
		b.WriteString("data-urlencode = \"" + name + "=" + strings.ReplaceAll(value, "{bearer}", token) + "\"\n")
	}
	return b.String()
}

// idp is the case whose path is asked, or the sound one.
func (c Curl) idp() string {
	_, rest, found := strings.Cut(c.Request, "/identity_providers/")
	if !found {
		return "sound"
	}
	id, _, _ := strings.Cut(rest, "/")
	return id
}
