package docs_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

var update = flag.Bool("update", false, "rewrite the samples in the documentation")

// sample is a console block that the tool itself writes:
//
//	<!-- sample: two-keycloak-realms -->
//	```console
//	$ fedstone render --offline -o out
//	…
//	```
//
// The word after `sample:` is the example it runs in, or `lab` for the
// quickstart on the running lab. `from WORD` shows only what follows the first
// line that begins with it.
var sample = regexp.MustCompile("(?s)(<!-- sample: ([a-z0-9.-]+)(?: from ([a-z]+))? -->\n```console\n\\$ fedstone ([^\n]*)\n)(.*?)(```\n)")

func TestSamplesAreWhatTheToolPrints(t *testing.T) {
	bin := labtest.Binary(t)
	root := labtest.Repository(t)
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, filepath.Join(root, "README.md")) {
		t.Run(filepath.Base(file), func(t *testing.T) { checkSamples(t, bin, file) })
	}
}

func checkSamples(t *testing.T, bin, file string) {
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fresh := sample.ReplaceAllFunc(old, func(block []byte) []byte {
		m := sample.FindSubmatch(block)
		out := from(string(m[3]), runSample(t, bin, string(m[2]), strings.Fields(string(m[4]))))
		if out == nil || steady(string(m[5])) == steady(string(out)) {
			return block
		}
		return bytes.Join([][]byte{m[1], out, m[6]}, nil)
	})
	if *update {
		if err := os.WriteFile(file, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), string(fresh)); diff != "" {
		t.Errorf("samples have drifted; `make update` rewrites them (-file +tool):\n%s", diff)
	}
}

// from leaves out what stands before the first line that begins with word.
func from(word string, out []byte) []byte {
	if at := bytes.Index(out, []byte("\n"+word)); word != "" && at >= 0 {
		return append([]byte("…\n"), out[at+1:]...)
	}
	return out
}

// steady takes out what differs from run to run: times, ids, dates and the lab's ports.
func steady(text string) string {
	for pattern, word := range map[string]string{
		`\s+\d+(\.\d+)? ?m?s\b`: " TIME", `\b[0-9a-f]{32,64}\b`: "ID", `\d{4}-\d\d-\d\dT[0-9:.]+Z?`: "DATE",
		`key \d+ is for`: "key N is for", `until \d{4}-\d\d-\d\d,\s+\d+\s+days\s+left`: "until DATE",
	} {
		text = regexp.MustCompile(pattern).ReplaceAllString(text, word)
	}
	return strings.Join(strings.Fields(text), " ")
}

// runSample gives what the command prints, or nil where its lab is missing.
func runSample(t *testing.T, bin, where string, args []string) []byte {
	t.Helper()
	var cmd *exec.Cmd
	if where == "lab" {
		if os.Getenv("FEDSTONE_LAB") == "" && os.Getenv("FEDSTONE_REQUIRE_LAB") != "1" {
			return nil
		}
		d := labtest.Quickstart(t)
		out, err := d.Command(args...).CombinedOutput()
		if err != nil {
			t.Fatalf("fedstone %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return d.OnDefaultPorts(out)
	} else {
		cmd = exec.Command(bin, args...)
		cmd.Dir = labtest.Example(t, where)
	}
	out, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatalf("fedstone %s: %v", strings.Join(args, " "), err)
	}
	return out
}
