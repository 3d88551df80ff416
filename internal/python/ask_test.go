package python_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/python"
)

// question is a line to testdata/ask.py, answer one from it.
type question struct {
	Op   string     `json:"op"`
	Text string     `json:"text"`
	Args [][]string `json:"args,omitempty"`
}

type answer struct {
	Result  string `json:"result"`
	Class   string `json:"class"`
	Message string `json:"message"`
}

// eachPython runs a test on the system's python3 and on every python3.9 …
// python3.13 that is in PATH.
func eachPython(t *testing.T, test func(t *testing.T, program string, ver python.Version)) {
	t.Helper()
	for _, name := range []string{"python3", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13"} {
		path, err := exec.LookPath(name)
		if name == "python3" {
			if _, here := os.Stat("/usr/bin/python3"); here == nil {
				path, err = "/usr/bin/python3", nil
			}
			if err != nil {
				missing(t)
			}
		}
		if err != nil || exec.Command(path, "-c", "").Run() != nil {
			continue // not here, or only a stand-in that names where it might be
		}
		t.Run(name, func(t *testing.T) {
			ver, err := python.ParseVersion(ask(t, path, []question{{Op: "version"}})[0].Result)
			if err != nil {
				t.Fatal(err)
			}
			if !ver.AtLeast(9) || ver.AtLeast(14) {
				t.Skipf("%s is %v, and only 3.9 to 3.13 are modelled", path, ver)
			}
			test(t, path, ver)
		})
	}
}

func missing(t *testing.T) {
	t.Helper()
	const reason = "no python3 here to compare with; install python3"
	if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
		t.Fatalf("FEDSTONE_REQUIRE_LAB=1: %s", reason)
	}
	t.Skip(reason)
}

// ask puts all questions to one process.
func ask(t *testing.T, program string, questions []question) []answer {
	t.Helper()
	var in strings.Builder
	lines := json.NewEncoder(&in)
	for _, q := range questions {
		if err := lines.Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, "-W", "ignore", "testdata/ask.py")
	cmd.Stdin = strings.NewReader(in.String())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return answers(t, string(out), len(questions))
}

func answers(t *testing.T, out string, want int) []answer {
	t.Helper()
	var all []answer
	scanner := bufio.NewScanner(strings.NewReader(out))
	scanner.Buffer(nil, 1<<28)
	for scanner.Scan() {
		var a answer
		if err := json.Unmarshal(scanner.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	if scanner.Err() != nil || len(all) != want {
		t.Fatalf("%d answers to %d questions (%v)", len(all), want, scanner.Err())
	}
	return all
}
