package broken

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

const balancerConf = `# Made by the tests of the probe: every backend is what stands in front of httpd.
global
  maxconn 200
  tune.bufsize 16384
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
frontend doors
  bind 127.0.0.1:${BALANCER} ssl crt ${DIR}/balancer.pem
  use_backend %[req.hdr(host),field(1,.)]
`

// balance runs haproxy with testdata/balancers until the test ends.
func (h *House) balance(t testing.TB) {
	t.Helper()
	program, err := exec.LookPath("haproxy")
	if err != nil {
		labtest.Require(t, "no haproxy here: install haproxy")
	}
	h.write(t, "haproxy.cfg", h.expand(h.balancers(t)))
	h.run(t, program, "-db", "-f", h.path("haproxy.cfg"))
}

func (h *House) balancers(t testing.TB) string {
	t.Helper()
	var text strings.Builder
	text.WriteString(balancerConf)
	for _, name := range names(t, "balancers", ".cfg") {
		text.WriteString("\nbackend " + name + "\n" + read(t, "balancers", name+".cfg"))
	}
	return text.String()
}

// expand puts the words in ${} into a text.
func (h *House) expand(text string) string {
	words := h.defines()
	return os.Expand(text, func(word string) string { return words[word] })
}
