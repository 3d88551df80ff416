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

// applying is where both sides work, as the lab's administrator.
type applying struct {
	binary, dir string
	env         []string
	run         string // begins every name: a lab may have those of another run
}

// BenchmarkApply makes identity providers with all that belongs to them (domain,
// project, group, two roles, mapping, identity provider, protocol) on a real
// Keystone, in turn with the openstack client making the same, one command an
// object as scripts do. What both made is compared.
func BenchmarkApply(b *testing.B) {
	if _, err := exec.LookPath("openstack"); err != nil {
		labtest.Require(b, "no openstack client: "+err.Error())
	}
	a := applying{labtest.Binary(b), b.TempDir(), labtest.Env(labtest.Open(b)), strings.ToLower(rand.Text()[:8])}
	for b.Loop() {
		var ours, theirs time.Duration
		var ratios []float64
		var made []string // by the peer
		for round := range applyPaired / applyRound {
			ids := a.ids(fmt.Sprintf("theirs%d", round), applyRound)
			x, y := a.ours(b, a.ids(fmt.Sprintf("ours%d", round), applyRound)), a.theirs(b, ids)
			ours, theirs, ratios, made = ours+x, theirs+y, append(ratios, x.Seconds()/y.Seconds()), append(made, ids...)
			b.Logf("round %d: %s and %s", round+1, inMS(x), inMS(y))
		}
		a.same(b, made)
		ratio := median(ratios)
		row{fmt.Sprintf("apply of %d identity providers, in rounds of %d", applyPaired, applyRound), inMS(ours), inMS(theirs) + " (`openstack`, 8 commands each)",
			fmt.Sprintf("%.3f (%.0f × faster)", ratio, 1/ratio), "≥ 5 × faster"}.write(b)
		a.whole(b, theirs)
	}
}

// same holds what the peer made against our description of it: but for the
// protocols' remote id attribute, which the client cannot set, nothing is left to do.
func (a applying) same(b *testing.B, ids []string) {
	b.Helper()
	file := a.write(b, "theirs.yaml", labtest.Described("bench", ids...))
	out := a.call(b, a.binary, "apply", "-f", file)
	want := fmt.Sprintf("0 to create, %d to update, %d unchanged\n", len(ids), len(ids)*(labtest.ObjectsOfDescribed-1))
	if !strings.HasSuffix(out, want) || strings.Count(out, "/openid: remote_id_attribute  -> OIDC-iss\n") != len(ids) {
		b.Fatalf("the peer made something else:\n%s", out)
	}
}

// whole makes many at once; the peer's time for as many is extrapolated.
func (a applying) whole(b *testing.B, paired time.Duration) {
	b.Helper()
	ids := a.ids("whole", applyWhole)
	x := a.ours(b, ids)
	y := paired * applyWhole / applyPaired
	row{fmt.Sprintf("apply of %d identity providers, one run", applyWhole), inMS(x), fmt.Sprintf("%s (`openstack`, extrapolated from %d)", inMS(y), applyPaired),
		fmt.Sprintf("%.4f (%.0f × faster)", x.Seconds()/y.Seconds(), y.Seconds()/x.Seconds()), "≥ 5 × faster"}.write(b)
	again := a.ours(b, ids)
	row{fmt.Sprintf("apply of %d identity providers again, nothing to do", applyWhole), inMS(again), "none", "–", "none"}.write(b)
}

func (a applying) ids(prefix string, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("%s-%s-%d", a.run, prefix, i)
	}
	return ids
}

func (a applying) ours(b *testing.B, ids []string) time.Duration {
	b.Helper()
	file := a.write(b, "federation.yaml", labtest.Described("bench", ids...))
	return timed(func() { a.call(b, a.binary, "apply", "-f", file) })
}

func (a applying) theirs(b *testing.B, ids []string) (took time.Duration) {
	b.Helper()
	for _, id := range ids {
		rules := a.write(b, id+".json", fmt.Sprintf(applyRules, id))
		took += timed(func() {
			for _, line := range commands(id, rules) {
				a.call(b, "openstack", line...)
			}
		})
	}
	return took
}

// commands make what apply makes of an identity provider, the descriptions with
// their mark too. rules is a file.
func commands(id, rules string) [][]string {
	const mark = "made by fedstone for bench"
	group := []string{"--group", "users", "--group-domain", id, "--project", "demo", "--project-domain", id}
	return [][]string{
		{"domain", "create", "--description", mark, id},
		{"project", "create", "--description", mark, "--domain", id, "demo"},
		{"group", "create", "--description", mark, "--domain", id, "users"},
		append([]string{"role", "add", "member"}, group...),
		append([]string{"role", "add", "reader"}, group...),
		{"mapping", "create", "--rules", rules, id},
		{"identity", "provider", "create", "--remote-id", "https://sso.example.org/realms/" + id, "--domain", id, "--description", id + " (" + mark + ")", id},
		{"federation", "protocol", "create", "--identity-provider", id, "--mapping", id, "openid"},
	}
}

func (a applying) write(b *testing.B, name, text string) string {
	b.Helper()
	path := filepath.Join(a.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func (a applying) call(b *testing.B, name string, args ...string) string {
	b.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = a.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
