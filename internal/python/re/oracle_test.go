package re_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/python"
)

// oracleProgram answers, for each line with a pattern and strings, what Python's re.search says of each: 0, 1, 2
// when it took too long, 3 when it met a bug of its own; or the exception of re.compile.
const oracleProgram = `
import json, re, signal, sys, warnings
warnings.simplefilter("ignore")
class Slow(Exception): pass
def slow(*_): raise Slow
signal.signal(signal.SIGALRM, slow)
def search(pattern, string):
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try: return int(pattern.search(string) is not None)
    except Slow: return 2
    except SystemError: return 3
    finally: signal.setitimer(signal.ITIMER_REAL, 0)
print("%d.%d" % sys.version_info[:2], flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    try: pattern = re.compile(asked["pattern"])
    except BaseException as e:
        name = "error" if isinstance(e, re.error) else type(e).__name__
        print(json.dumps({"class": name, "message": str(e)}), flush=True)
        continue
    print(json.dumps({"found": [search(pattern, s) for s in asked["strings"]]}), flush=True)
    re.purge()
`

type question struct {
	Pattern string   `json:"pattern"`
	Strings []string `json:"strings"`
}

type reply struct {
	Class   string `json:"class"`
	Message string `json:"message"`
	Found   []int  `json:"found"`
}

const (
	tookTooLong = 2
	metABug     = 3
)

// oracle is a running Python.
type oracle struct {
	program string
	version python.Version
	in      io.WriteCloser
	out     *bufio.Reader
}

// ask gives Python's answer to one question.
func (o *oracle) ask(t *testing.T, q question) (r reply) {
	t.Helper()
	line, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	answer, err := o.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("python does not answer %q: %v", q.Pattern, err)
	}
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func startOracle(t *testing.T, program string) *oracle {
	t.Helper()
	cmd := exec.Command(program, "-c", oracleProgram)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	o := &oracle{program: program, in: in, out: bufio.NewReader(out)}
	line, err := o.out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if o.version, err = python.ParseVersion(line[:len(line)-1]); err != nil {
		t.Fatal(err)
	}
	return o
}

// eachPython runs a test on every Python at hand.
func eachPython(t *testing.T, test func(*testing.T, *oracle)) {
	t.Helper()
	labtest.EachPython(t, func(t *testing.T, p labtest.Python) { test(t, startOracle(t, p.Program)) })
}
