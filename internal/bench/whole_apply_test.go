package bench

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// The parts of BenchmarkApply: the peer makes applyPaired identity providers in
// rounds, and what applyWhole would take it is told by them.
const (
	applyPaired = 20
	applyRound  = 2
	applyWhole  = 500
)

const applyRules = `[{"local": [{"user": {"name": "{0}"}}, {"groups": "{1}", "domain": {"name": "%s"}}],
  "remote": [{"type": "OIDC-preferred_username"}, {"type": "OIDC-groups", "whitelist": ["users"]}]}]`

const applyHead = `version: 1
keystone: {url: https://keystone.example.org:5000, owner: bench}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
`

const applyProvider = `  %[1]s:
    issuer: https://sso.example.org/realms/%[1]s
    client: {id: keystone, secret: {env: SECRET}}
    rules:
      - user: {name: "{preferred_username}"}
        groups: "{groups}"
        only: {groups: [users]}
    groups:
      users: [{project: demo, roles: [member, reader]}]
`

// applying is where both sides work, as the lab's administrator.
type applying struct {
	binary, dir string
	env         []string
	run         string // begins every name: a lab may have those of another run
}

// BenchmarkApply makes identity providers with all that belongs to them (domain,
// project, group, two roles, mapping, identity provider, protocol) on a real
// Keystone, in turn with the openstack client making the same, one command an
// object as scripts do.
func BenchmarkApply(b *testing.B) {
	if _, err := exec.LookPath("openstack"); err != nil {
		labtest.Require(b, "no openstack client: "+err.Error())
	}
	a := applying{labtest.Binary(b), b.TempDir(), labtest.Env(labtest.Open(b)), strings.ToLower(rand.Text()[:8])}
	for b.Loop() {
		var ours, theirs time.Duration
		var ratios []float64
		for round := range applyPaired / applyRound {
			x := a.ours(b, fmt.Sprintf("ours%d", round), applyRound)
			y := a.theirs(b, fmt.Sprintf("theirs%d", round), applyRound)
			ours, theirs, ratios = ours+x, theirs+y, append(ratios, x.Seconds()/y.Seconds())
			b.Logf("round %d: %s and %s", round+1, inMS(x), inMS(y))
		}
		ratio := median(ratios)
		row{fmt.Sprintf("apply of %d identity providers, in rounds of %d", applyPaired, applyRound), inMS(ours), inMS(theirs) + " (`openstack`, 8 commands each)",
			fmt.Sprintf("%.3f (%.0f × faster)", ratio, 1/ratio), "≥ 5 × faster"}.write(b)
		a.whole(b, theirs)
	}
}

// whole makes many at once; the peer's time for as many is extrapolated.
func (a applying) whole(b *testing.B, paired time.Duration) {
	b.Helper()
	x := a.ours(b, "whole", applyWhole)
	y := paired * applyWhole / applyPaired
	row{fmt.Sprintf("apply of %d identity providers, one run", applyWhole), inMS(x), fmt.Sprintf("%s (`openstack`, extrapolated from %d)", inMS(y), applyPaired),
		fmt.Sprintf("%.4f (%.0f × faster)", x.Seconds()/y.Seconds(), y.Seconds()/x.Seconds()), "≥ 5 × faster"}.write(b)
	again := timed(func() { a.call(b, a.binary, "apply", "-f", filepath.Join(a.dir, "whole.yaml")) })
	row{fmt.Sprintf("apply of %d identity providers again, nothing to do", applyWhole), inMS(again), "none", "–", "none"}.write(b)
}

func (a applying) ours(b *testing.B, prefix string, n int) time.Duration {
	b.Helper()
	var yaml strings.Builder
	yaml.WriteString(applyHead)
	for i := range n {
		fmt.Fprintf(&yaml, applyProvider, fmt.Sprintf("%s-%s-%d", a.run, prefix, i))
	}
	file := a.write(b, prefix+".yaml", yaml.String())
	return timed(func() { a.call(b, a.binary, "apply", "-f", file) })
}

func (a applying) theirs(b *testing.B, prefix string, n int) time.Duration {
	b.Helper()
	var took time.Duration
	for i := range n {
		id := fmt.Sprintf("%s-%s-%d", a.run, prefix, i)
		rules := a.write(b, id+".json", fmt.Sprintf(applyRules, id))
		took += timed(func() {
			for _, line := range []string{
				"domain create " + id,
				"project create --domain " + id + " demo",
				"group create --domain " + id + " users",
				"role add --group users --group-domain " + id + " --project demo --project-domain " + id + " member",
				"role add --group users --group-domain " + id + " --project demo --project-domain " + id + " reader",
				"mapping create --rules " + rules + " " + id,
				"identity provider create --remote-id https://sso.example.org/realms/" + id + " --domain " + id + " " + id,
				"federation protocol create --identity-provider " + id + " --mapping " + id + " openid",
			} {
				a.call(b, "openstack", strings.Fields(line)...)
			}
		})
	}
	return took
}

func (a applying) write(b *testing.B, name, text string) string {
	b.Helper()
	path := filepath.Join(a.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func (a applying) call(b *testing.B, name string, args ...string) {
	b.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = a.env
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}
