package engine_test

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
)

// A failure names its seed, dialect and number: -args -seed 1 -only zed/1.0/17 repeats it.
var (
	seed = flag.Uint64("seed", 1, "of the generated logins")
	only = flag.String("only", "", "ask this one login: RELEASE/SCHEMA/NUMBER")
)

// dialects are all that can be asked.
func dialects() []dialect {
	var all []dialect
	for _, release := range lab.KeystoneReleases() {
		all = append(all, dialectsOf(release)...)
	}
	return all
}

// dialectsOf are those in which rules can be written for a release.
func dialectsOf(release string) []dialect {
	r, _ := platform.ReleaseByName(release)
	if r.SchemaVersions == nil {
		return []dialect{{release, "1.0", true}}
	}
	var all []dialect
	for _, schema := range r.SchemaVersions {
		all = append(all, dialect{release, schema, false})
	}
	return all
}

// deep is true in `make test-deep`.
func deep() bool { return os.Getenv("FEDSTONE_DEEP") == "1" }

// logins is how many are generated in all, share those for each dialect.
func logins() int {
	if deep() {
		return 100_000
	}
	return 5_000
}

func share() int { return logins()/len(dialects()) + 1 }

// TestKeystoneAgrees holds the engine against the RuleProcessor of every release
// that can be asked: generated logins, Keystone's own fixtures, the schema.
func TestKeystoneAgrees(t *testing.T) {
	for _, release := range lab.KeystoneReleases() {
		t.Run(release, func(t *testing.T) {
			t.Parallel()
			o := oracle.Open(t, release)
			for _, d := range dialectsOf(release) {
				t.Run("logins "+d.schema, func(t *testing.T) { agreeOnLogins(t, o, d) })
				t.Run("schema "+d.schema, func(t *testing.T) { agreeOnSchema(t, o, d) })
			}
			t.Run("fixtures", func(t *testing.T) { agreeOnFixtures(t, o, dialectsOf(release)[0]) })
		})
	}
}

// agreeOnLogins holds generated logins. What is undecidable must be so for
// Keystone; where an exception hides that, it must be rare.
func agreeOnLogins(t *testing.T, o *oracle.Oracle, d dialect) {
	c := &comparison{dialect: d}
	c.compareAll(t, o, d.numbers(share()))
	t.Log(c)
	if c.exempt*50 > share() {
		t.Errorf("%d of %d logins are exempt, want at most one in fifty", c.exempt, c.asked)
	}
}

// numbers are those of the logins to generate: 0 to n-1, or the one of -only.
func (d dialect) numbers(n int) []int {
	var one int
	if *only != "" {
		if found, err := fmt.Sscanf(*only, d.String()+"/%d", &one); err != nil || found != 1 {
			return nil
		}
		return []int{one}
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// comparison counts what became of a dialect's logins.
type comparison struct {
	dialect
	asked, mapped, refused, chance, exempt, differ int
}

func (c *comparison) String() string {
	return fmt.Sprintf("%s: %d logins compared: %d mapped, %d ended by an exception, %d left to chance, %d exempt, %d differ",
		c.dialect, c.asked, c.mapped, c.refused, c.chance, c.exempt, c.differ)
}

// compareAll asks in batches, so that few answers are held at a time.
func (c *comparison) compareAll(t *testing.T, o *oracle.Oracle, numbers []int) {
	t.Helper()
	const batch = 500
	for len(numbers) > 0 {
		now := numbers[:min(batch, len(numbers))]
		numbers = numbers[len(now):]
		cases := make([]oracle.Case, len(now))
		for i, n := range now {
			cases[i] = newGenerator(*seed, n, c.dialect).oracleCase(t)
		}
		answers, err := o.Ask(cases)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range now {
			c.compare(t, fmt.Sprintf("-seed %d -only %s/%d", *seed, c.dialect, n), cases[i], answers[i])
		}
	}
}

// compare holds one outcome against Keystone's answer.
func (c *comparison) compare(t *testing.T, name string, asked oracle.Case, answer oracle.Answer) {
	t.Helper()
	got := process(t, c.dialect, asked)
	c.asked++
	diff := difference(t, answer, got)
	switch {
	case diff == "" && got.Undecidable != nil:
		c.chance++
	case diff == "" && got.Error != nil:
		c.refused++
	case diff == "":
		c.mapped++
	case exempt(answer, got):
		c.exempt++
	default:
		c.differ++
		if c.differ <= 5 {
			t.Errorf("%s\nmapping   %s\nassertion %q\n%s", name, asked.Mapping, asked.Assertion, diff)
		}
	}
}

// process evaluates a case with our engine. A panic is told as an exception, so
// that the case that brings it is named.
func process(t testing.TB, d dialect, c oracle.Case) (got engine.Outcome) {
	t.Helper()
	defer func() {
		if crash := recover(); crash != nil {
			got = engine.Outcome{Error: &engine.Error{Class: "panic", Message: fmt.Sprintf("%v\n%s", crash, debug.Stack())}}
		}
	}()
	doc, list := engine.Read("mapping.json", c.Mapping)
	if list.HasErrors() {
		t.Fatalf("%s: %v", c.Mapping, list)
	}
	p, err := engine.New(doc, engine.Options{Release: d.release, Limit: hang})
	if err != nil {
		t.Fatalf("%s: %v", c.Mapping, err)
	}
	return p.Process(stringsOf(c.Assertion))
}

// difference tells in what an outcome is not Keystone's answer; "" when it is.
func difference(t testing.TB, answer oracle.Answer, got engine.Outcome) string {
	t.Helper()
	undecidable := answer.Hangs || answer.Chance == oracle.Outcome
	switch {
	case undecidable && got.Undecidable != nil:
		return ""
	case undecidable:
		return fmt.Sprintf("Keystone leaves it to chance (hangs: %v), our outcome is %s\n", answer.Hangs, told(t, got))
	case got.Undecidable != nil:
		return fmt.Sprintf("undecidable (%s), but Keystone decides: %s %s\n", got.Undecidable.Reason, answer.Class, answer.Result)
	case answer.Class != "" && got.Error != nil && got.Error.Class == answer.Class && got.Error.Status == answer.Status:
		return ""
	case answer.Class != "" || got.Error != nil:
		return fmt.Sprintf("Keystone: %s %d %s %s\nours:     %s %s\n", answer.Class, answer.Status, answer.Message, answer.Result, told(t, got), message(got))
	}
	return cmp.Diff(keystoneResult(t, answer), ourResult(got.Mapped, answer.Chance == oracle.Order))
}

func message(got engine.Outcome) string {
	if got.Error == nil {
		return ""
	}
	return got.Error.Message
}
